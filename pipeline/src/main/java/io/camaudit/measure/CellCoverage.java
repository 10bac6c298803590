package io.camaudit.measure;

import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;

/**
 * How much of each cell of a map a region covers: a cell is the part of the model's input from its
 * edges to the next ones ({@link CellAxis}), and its coverage the mean of the region's over its
 * area, 0 to 1. Where cells do not meet pixels, a pixel counts with the part of it that lies in the
 * cell.
 */
public final class CellCoverage {
  private CellCoverage() {}

  /**
   * @param layout of the cells on the region's input
   * @return [height · width], row by row
   */
  public static float[] of(RegionMask region, CellLayout layout) {
    CellAxis across = layout.columns();
    CellAxis down = layout.rows();
    int height = layout.height();
    int width = layout.width();
    double[] columns = new double[width];
    double[][] rows = new double[height][width];
    for (int y = 0; y < region.height(); y++) {
      Arrays.fill(columns, 0);
      for (int x = 0; x < region.width(); x++) {
        float covered = region.at(x, y);
        if (covered > 0) {
          spread(x, covered, across, columns);
        }
      }
      for (int cell = down.cellAt(y); cell < height && down.edge(cell) < y + 1; cell++) {
        double part = down.overlap(cell, y, y + 1);
        for (int column = 0; column < width; column++) {
          rows[cell][column] += part * columns[column];
        }
      }
    }
    float[] coverage = new float[height * width];
    for (int i = 0; i < coverage.length; i++) {
      double mean =
          rows[i / width][i % width] / (down.length(i / width) * across.length(i % width));
      coverage[i] = (float) Math.min(1, mean);
    }
    return coverage;
  }

  private static void spread(int pixel, float covered, CellAxis axis, double[] cells) {
    int first = axis.cellAt(pixel);
    for (int cell = first; cell < cells.length && axis.edge(cell) < pixel + 1; cell++) {
      cells[cell] += covered * axis.overlap(cell, pixel, pixel + 1);
    }
  }
}
