package io.camaudit.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellGridTest {
  @Test
  void aMapOfTheGridsSizeKeepsItsValues() {
    assertThat(new CellGrid(2, 2).means(new float[][] {{0.1f, 1 / 3f}, {-7e-9f, 3e8f}}))
        .containsExactly(0.1f, 1 / 3f, -7e-9f, 3e8f);
  }

  @Test
  void aFinerMapIsAveragedOverEachCellsArea() {
    float[][] map = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    // A cell covers one and a half values along each side: 1 + 2/2 + 4/2 + 5/4 over 9/4.
    assertThat(new CellGrid(2, 2).means(map)[0]).isCloseTo(5.25 / 2.25, within(1e-12));
    assertThat(new CellGrid(1, 3).means(map)).containsExactly(4, 5, 6);
    assertThat(new CellGrid(3, 1).means(map)).containsExactly(2, 5, 8);
    assertThat(new CellGrid(1, 1).means(map)).containsExactly(5);
  }

  @Test
  void theCoarsestMapGivesTheGrid() {
    assertThat(CellGrid.coarsest(List.of(new float[14][7], new float[7][9])))
        .isEqualTo(new CellGrid(7, 7));
  }
}
