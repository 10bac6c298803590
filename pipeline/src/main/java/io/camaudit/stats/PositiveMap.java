package io.camaudit.stats;

import java.util.Locale;

/**
 * A map after ReLU, row by row, with at least one positive cell.
 *
 * @param cells {@code [height * width]}, finite, at least 0, some above 0
 */
record PositiveMap(int height, int width, float[] cells) {

  /**
   * @return null if nothing is positive or something is not finite
   */
  static PositiveMap of(String image, int height, int width, float[][] raw) {
    if (raw.length != height || raw[0].length != width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "report of %s: its map has %d x %d values, its height and width say %d x %d",
              image,
              raw.length,
              raw[0].length,
              height,
              width));
    }
    float[] cells = new float[height * width];
    float max = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float value = raw[y][x];
        if (!Float.isFinite(value)) {
          return null;
        }
        cells[y * width + x] = Math.max(0, value);
        max = Math.max(max, value);
      }
    }
    return max > 0 ? new PositiveMap(height, width, cells) : null;
  }

  /** The cells over the greatest of them, 0 to 1, in fixed point ({@link Moments#quantise}). */
  long[] byMaximum() {
    double max = 0;
    for (float cell : cells) {
      max = Math.max(max, cell);
    }
    return quantised(max);
  }

  /** The cells over their Euclidean norm, 0 to 1, in fixed point. */
  long[] byNorm() {
    double squares = 0;
    for (float cell : cells) {
      squares += (double) cell * cell;
    }
    return quantised(Math.sqrt(squares));
  }

  private long[] quantised(double divisor) {
    long[] quantised = new long[cells.length];
    for (int i = 0; i < cells.length; i++) {
      quantised[i] = Moments.quantise(cells[i] / divisor);
    }
    return quantised;
  }
}
