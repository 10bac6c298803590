package io.camaudit.image;

import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.Placement;

/**
 * Enlarges a map's coloured cells bicubically as Pillow's {@code resize} does: Keys' kernel with a
 * = −½, weights that sum to 1 over the cells that there are, columns first and rounded to bytes,
 * then rows; wider where cells are smaller than pixels.
 */
final class BicubicColours {
  private static final double A = -0.5;
  private static final double REACH = 2;

  private final byte[] cells;
  private final SaliencyMap map;
  private final int rows;
  private final int columns;
  private final int width;
  private final int height;
  private final Placement placement;

  /**
   * @param cells 3 bytes each, row by row
   */
  BicubicColours(byte[] cells, SaliencyMap map, int width, int height, Placement placement) {
    this.cells = cells;
    this.map = map;
    this.rows = map.height();
    this.columns = map.width();
    this.width = width;
    this.height = height;
    this.placement = placement;
  }

  /** Draws into a picture; what lies outside the model's input stays as it is. */
  void draw(byte[] rgb) {
    Placement on = placement;
    CellAxis ofColumns = map.across(on.width());
    CellAxis ofRows = map.down(on.height());
    Taps across = Taps.of(width, columns, ofColumns, on.width(), on.left(), on.scaleX());
    Taps down = Taps.of(height, rows, ofRows, on.height(), on.top(), on.scaleY());
    byte[] wide = new byte[3 * rows * width];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        across.blend(cells, 3 * y * columns, 3, x, wide, 3 * (y * width + x));
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width && down.weights[y] != null; x++) {
        if (across.weights[x] != null) {
          down.blend(wide, 3 * x, 3 * width, y, rgb, 3 * (y * width + x));
        }
      }
    }
  }

  /**
   * The cells along one axis that make a pixel, from the first, and their weights; null outside.
   */
  private record Taps(int[] first, double[][] weights) {
    static Taps of(
        int pixels, int cells, CellAxis axis, int inputSize, double offset, double scale) {
      int[] first = new int[pixels];
      double[][] weights = new double[pixels][];
      double stretch = Math.max(1, cells / (inputSize * scale));
      for (int p = 0; p < pixels; p++) {
        double u = (p + 0.5 - offset) / scale;
        if (u < 0 || u > inputSize) {
          continue;
        }
        // Measured cells may all look elsewhere; even ones reach no further than half a cell.
        double centre = Math.min(cells, Math.max(0, axis.coordinate(u) + 0.5));
        first[p] = Math.max(0, (int) (centre - REACH * stretch + 0.5));
        int end = Math.min(cells, (int) (centre + REACH * stretch + 0.5));
        weights[p] = new double[end - first[p]];
        double sum = 0;
        for (int i = 0; i < weights[p].length; i++) {
          weights[p][i] = kernel((i + first[p] - centre + 0.5) / stretch);
          sum += weights[p][i];
        }
        for (int i = 0; i < weights[p].length; i++) {
          weights[p][i] /= sum;
        }
      }
      return new Taps(first, weights);
    }

    void blend(byte[] from, int start, int stride, int pixel, byte[] to, int at) {
      double[] own = weights[pixel];
      for (int channel = 0; own != null && channel < 3; channel++) {
        double sum = 0.5;
        for (int i = 0; i < own.length; i++) {
          sum += own[i] * (from[start + (first[pixel] + i) * stride + channel] & 0xff);
        }
        to[at + channel] = (byte) (int) Math.min(255, Math.max(0, Math.floor(sum)));
      }
    }

    private static double kernel(double x) {
      double d = Math.abs(x);
      if (d < 1) {
        return ((A + 2) * d - (A + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
  }
}
