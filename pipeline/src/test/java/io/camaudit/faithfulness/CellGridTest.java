package io.camaudit.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellGridTest {
  private static CellLayout even(int height, int width) {
    return CellLayout.even(height, width, 60, 30);
  }

  @Test
  void cellsCountWhereTheyLook() {
    // Columns that look at 6, 12 and 24 of 30 pixels cover 0 to 9, 9 to 18 and 18 to 30; of the two
    // halves of the picture the first has 9 and 6 pixels of them, the second 3 and 12.
    CellCenters centers = new CellCenters(List.of(20.0), List.of(6.0, 12.0, 24.0));
    CellLayout layout = CellLayout.of(1, 3, 60, 30, centers);
    assertThat(new CellGrid(1, 2).means(new float[][] {{10, -5, 20}}, layout))
        .containsExactly((float) (9 * 10 - 6 * 5) / 15, (float) (12 * 20 - 3 * 5) / 15);
  }

  @Test
  void aMapWithoutDifferencesStaysOne() {
    CellCenters centers = new CellCenters(List.of(7.7, 11.3, 29.1), List.of(0.1, 9.7, 13.3, 21.9));
    float[][] map = new float[3][4];
    for (float[] row : map) {
      Arrays.fill(row, 0.1f);
    }
    assertThat(new CellGrid(3, 4).means(map, CellLayout.of(3, 4, 60, 30, centers)))
        .containsOnly(0.1f);
  }

  @Test
  void statedEvenCentresMeanTheSame() {
    float[][] map = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    CellCenters even = new CellCenters(List.of(10.0, 30.0, 50.0), List.of(5.0, 15.0, 25.0));
    double[] stated = new CellGrid(2, 2).means(map, CellLayout.of(3, 3, 60, 30, even));
    double[] evenly = new CellGrid(2, 2).means(map, even(3, 3));
    for (int i = 0; i < evenly.length; i++) {
      assertThat(stated[i]).isCloseTo(evenly[i], within(1e-6));
    }
  }

  @Test
  void aMapOfTheGridsSizeKeepsItsValues() {
    assertThat(new CellGrid(2, 2).means(new float[][] {{0.1f, 1 / 3f}, {-7e-9f, 3e8f}}, even(2, 2)))
        .containsExactly(0.1f, 1 / 3f, -7e-9f, 3e8f);
  }

  @Test
  void aFinerMapIsAveragedOverEachCellsArea() {
    float[][] map = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    // A cell covers one and a half values along each side: 1 + 2/2 + 4/2 + 5/4 over 9/4.
    assertThat(new CellGrid(2, 2).means(map, even(3, 3))[0]).isCloseTo(5.25 / 2.25, within(1e-12));
    assertThat(new CellGrid(1, 3).means(map, even(3, 3))).containsExactly(4, 5, 6);
    assertThat(new CellGrid(3, 1).means(map, even(3, 3))).containsExactly(2, 5, 8);
    assertThat(new CellGrid(1, 1).means(map, even(3, 3))).containsExactly(5);
  }

  @Test
  void theCoarsestMapGivesTheGrid() {
    assertThat(CellGrid.coarsest(List.of(new float[14][7], new float[7][9])))
        .isEqualTo(new CellGrid(7, 7));
  }
}
