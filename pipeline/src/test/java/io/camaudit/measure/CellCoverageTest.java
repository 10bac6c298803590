package io.camaudit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellCoverageTest {
  private static float[] even(RegionMask mask, int height, int width) {
    return CellCoverage.of(mask, CellLayout.even(height, width, mask.height(), mask.width()));
  }

  @Test
  void aCellIsCoveredByTheMeanOfItsPixels() {
    float[] pixels = {1, 1, 0, 0.5f, 1, 0, 0, 0};
    RegionMask mask = new RegionMask(4, 2, pixels, new RegionMask.Box(0, 0, 4, 2));
    assertThat(even(mask, 1, 2)).containsExactly(0.75f, 0.125f);
    assertThat(even(mask, 2, 4)).containsExactly(pixels);
    // Three cells of 4/3 pixels: the second pixel counts a third for the first and the rest for
    // the second.
    float[] thirds = even(mask, 1, 3);
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
      for (float covered : even(mask, size[0], size[1])) {
        assertThat(covered).isBetween(0f, 1f);
        sum += covered;
      }
      double area = sum / (size[0] * size[1]) * 31 * 40;
      assertThat(area).isCloseTo(mask.area(), within(1e-3));
    }
  }

  @Test
  void aCellReachesFromEdgeToEdge() {
    // Columns that look at 0.5, 1.5 and 3 cover 0 to 1, 1 to 2.25 and 2.25 to 4.
    float[] pixels = {1, 0.5f, 1, 0};
    RegionMask mask = new RegionMask(4, 1, pixels, new RegionMask.Box(0, 0, 3, 1));
    CellCenters centers = new CellCenters(List.of(0.3), List.of(0.5, 1.5, 3.0));
    float[] covered = CellCoverage.of(mask, CellLayout.of(1, 3, 1, 4, centers));
    assertThat(covered[0]).isEqualTo(1);
    assertThat(covered[1]).isCloseTo((0.5f + 0.25f) / 1.25f, within(1e-6f));
    assertThat(covered[2]).isCloseTo(0.75f / 1.75f, within(1e-6f));
  }

  @Test
  void laidCellsTogetherCoverWhatTheRegionCovers() {
    Random random = new Random(2);
    float[] pixels = new float[31 * 40];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    RegionMask mask = new RegionMask(31, 40, pixels, new RegionMask.Box(0, 0, 31, 40));
    CellCenters centers = new CellCenters(List.of(3.3, 9.1, 9.2, 33.3), List.of(0.1, 14.0, 30.9));
    CellLayout layout = CellLayout.of(4, 3, 40, 31, centers);
    float[] covered = CellCoverage.of(mask, layout);
    double area = 0;
    for (int i = 0; i < covered.length; i++) {
      area += covered[i] * layout.rows().length(i / 3) * layout.columns().length(i % 3);
    }
    assertThat(area).isCloseTo(mask.area(), within(1e-3));
  }

  @Test
  void evenCellsAreCountedInPixelsToTheLastBit() {
    Random random = new Random(5);
    for (int trial = 0; trial < 60; trial++) {
      int side = 8 + random.nextInt(60);
      float[] pixels = new float[side * side];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
      }
      RegionMask mask = new RegionMask(side, side, pixels, new RegionMask.Box(0, 0, side, side));
      int height = 1 + random.nextInt(20);
      int width = 1 + random.nextInt(20);
      assertThat(even(mask, height, width)).containsExactly(byProducts(mask, height, width));
    }
  }

  /** With edges that are the cell's number times its length. */
  private static float[] byProducts(RegionMask mask, int height, int width) {
    double cellHeight = (double) mask.height() / height;
    double cellWidth = (double) mask.width() / width;
    double[] sums = new double[height * width];
    for (int y = 0; y < mask.height(); y++) {
      double[] row = new double[width];
      for (int x = 0; x < mask.width(); x++) {
        for (int column = 0; column < width; column++) {
          row[column] += mask.at(x, y) * common(x, column, cellWidth);
        }
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += common(y, i / width, cellHeight) * row[i % width];
      }
    }
    float[] covered = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      covered[i] = (float) Math.min(1, sums[i] / (cellHeight * cellWidth));
    }
    return covered;
  }

  private static double common(int pixel, int cell, double length) {
    return Math.max(0, Math.min(pixel + 1, (cell + 1) * length) - Math.max(pixel, cell * length));
  }

  @Test
  void theWholeInputCoversEveryCellWholly() {
    float[] pixels = new float[224 * 224];
    java.util.Arrays.fill(pixels, 1);
    RegionMask mask = new RegionMask(224, 224, pixels, new RegionMask.Box(0, 0, 224, 224));
    for (float covered : even(mask, 13, 9)) {
      assertThat(covered).isCloseTo(1, within(1e-6f));
    }
  }
}
