package io.camaudit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CellCoverageTest {
  @Test
  void aCellIsCoveredByTheMeanOfItsPixels() {
    float[] pixels = {1, 1, 0, 0.5f, 1, 0, 0, 0};
    RegionMask mask = new RegionMask(4, 2, pixels, new RegionMask.Box(0, 0, 4, 2));
    assertThat(CellCoverage.of(mask, 1, 2)).containsExactly(0.75f, 0.125f);
    assertThat(CellCoverage.of(mask, 2, 4)).containsExactly(pixels);
    // Three cells of 4/3 pixels: the second pixel counts a third for the first and the rest for
    // the second.
    float[] thirds = CellCoverage.of(mask, 1, 3);
    assertThat(thirds[0]).isCloseTo((float) ((1 + 1 + 1 / 3.0) / (8 / 3.0)), within(1e-6f));
    assertThat(thirds[1]).isCloseTo((float) (2 / 3.0 / (8 / 3.0)), within(1e-6f));
    assertThat(thirds[2]).isCloseTo((float) (0.5 / (8 / 3.0)), within(1e-6f));
  }

  @Test
  void cellsTogetherCoverWhatTheRegionCovers() {
    Random random = new Random(1);
    int[][] sizes = {{7, 7}, {3, 5}, {1, 1}, {40, 31}};
    float[] pixels = new float[31 * 40];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    RegionMask mask = new RegionMask(31, 40, pixels, new RegionMask.Box(0, 0, 31, 40));
    for (int[] size : sizes) {
      double sum = 0;
      for (float covered : CellCoverage.of(mask, size[0], size[1])) {
        assertThat(covered).isBetween(0f, 1f);
        sum += covered;
      }
      double area = sum / (size[0] * size[1]) * 31 * 40;
      assertThat(area).isCloseTo(mask.area(), within(1e-3));
    }
  }

  @Test
  void theWholeInputCoversEveryCellWholly() {
    float[] pixels = new float[224 * 224];
    java.util.Arrays.fill(pixels, 1);
    RegionMask mask = new RegionMask(224, 224, pixels, new RegionMask.Box(0, 0, 224, 224));
    for (float covered : CellCoverage.of(mask, 13, 9)) {
      assertThat(covered).isCloseTo(1, within(1e-6f));
    }
  }
}
