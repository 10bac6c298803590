package io.camaudit.measure;

import java.util.Locale;
import java.util.Optional;

/**
 * A raw map after ReLU, in its own grid of cells over the input square.
 *
 * @param cells {@code [height · width]}, row by row from the top, all finite and at least 0
 * @param peak index of the greatest cell, greater than 0; ties go to the first in row order
 */
public record PositiveMap(float[] cells, int height, int width, int peak) {

  /**
   * Applies the ReLU.
   *
   * @throws IllegalArgumentException for an empty or ragged map, for one with a value that is not
   *     finite, and for one with nothing positive: such a map has a status of its own and no
   *     numbers
   */
  public static PositiveMap of(float[] raw, int height, int width) {
    if (height < 1 || width < 1 || raw.length != (long) height * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d values are no map of %d x %d cells", raw.length, height, width));
    }
    float[] cells = new float[raw.length];
    int peak = 0;
    for (int i = 0; i < raw.length; i++) {
      if (!Float.isFinite(raw[i])) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "cell %d of the map is %s", i, raw[i]));
      }
      cells[i] = raw[i] > 0 ? raw[i] : 0; // also turns -0 into 0
      if (cells[i] > cells[peak]) {
        peak = i;
      }
    }
    if (cells[peak] == 0) {
      throw new IllegalArgumentException("the map has nothing positive");
    }
    return new PositiveMap(cells, height, width, peak);
  }

  public static PositiveMap of(float[][] raw) {
    int height = raw.length;
    int width = height == 0 ? 0 : raw[0].length;
    float[] flat = new float[height * width];
    for (int row = 0; row < height; row++) {
      if (raw[row].length != width) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "row %d of the map has %d cells, row 0 has %d",
                row,
                raw[row].length,
                width));
      }
      System.arraycopy(raw[row], 0, flat, row * width, width);
    }
    return of(flat, height, width);
  }

  /**
   * The same for a map that may have nothing positive, or a value that is not finite: empty then.
   */
  public static Optional<PositiveMap> find(float[][] raw) {
    boolean positive = false;
    for (float[] row : raw) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          return Optional.empty();
        }
        positive |= value > 0;
      }
    }
    return positive ? Optional.of(of(raw)) : Optional.empty();
  }

  /** Column of the greatest cell. */
  int peakColumn() {
    return peak % width;
  }

  /** Row of the greatest cell. */
  int peakRow() {
    return Math.floorDiv(peak, width);
  }

  /** The greatest value. */
  public float max() {
    return cells[peak];
  }
}
