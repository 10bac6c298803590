package io.camaudit.measure;

import java.util.Arrays;

/**
 * How much of each cell of a map a region covers: a cell is the h x w-th part of the model's input
 * that it stands for, and its coverage the mean of the region's over its area, 0 to 1. Where cells
 * do not meet pixels, a pixel counts with the part of it that lies in the cell.
 */
public final class CellCoverage {
  private CellCoverage() {}

  /**
   * @return [height · width], row by row
   */
  public static float[] of(RegionMask region, int height, int width) {
    double[] columns = new double[width];
    double[][] rows = new double[height][width];
    double cellHeight = (double) region.height() / height;
    double cellWidth = (double) region.width() / width;
    for (int y = 0; y < region.height(); y++) {
      Arrays.fill(columns, 0);
      for (int x = 0; x < region.width(); x++) {
        float covered = region.at(x, y);
        if (covered > 0) {
          spread(x, covered, cellWidth, columns);
        }
      }
      int first = cellAt(y, cellHeight, height);
      for (int cell = first; cell < height && cell * cellHeight < y + 1; cell++) {
        double part = overlap(y, cell, cellHeight);
        for (int column = 0; column < width; column++) {
          rows[cell][column] += part * columns[column];
        }
      }
    }
    float[] coverage = new float[height * width];
    for (int i = 0; i < coverage.length; i++) {
      double mean = rows[i / width][i % width] / (cellHeight * cellWidth);
      coverage[i] = (float) Math.min(1, mean);
    }
    return coverage;
  }

  private static void spread(int pixel, float covered, double size, double[] cells) {
    int first = cellAt(pixel, size, cells.length);
    for (int cell = first; cell < cells.length && cell * size < pixel + 1; cell++) {
      cells[cell] += covered * overlap(pixel, cell, size);
    }
  }

  private static int cellAt(int pixel, double size, int cells) {
    return Math.min(cells - 1, (int) (pixel / size));
  }

  /** Length of pixel [pixel, pixel + 1] within a cell; rounding must not make it negative. */
  private static double overlap(int pixel, int cell, double size) {
    double from = Math.max(pixel, cell * size);
    double to = Math.min(pixel + 1, (cell + 1) * size);
    return Math.max(0, to - from);
  }
}
