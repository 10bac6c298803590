package io.camaudit.stats;

import io.camaudit.measure.PositiveMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Exact sums over maps of one size: moments of each cell of the maps divided by their maximum, and
 * the sum of the maps divided by their norm, from which cosines follow. Mutable.
 */
final class MapSums {
  private final int height;
  private final int width;
  private final Moments[] cells;

  /** Σ of unit maps in fixed point: below 2^63 for a billion maps. */
  private final long[] unitSum;

  MapSums(int height, int width) {
    this.height = height;
    this.width = width;
    cells = new Moments[height * width];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new Moments();
    }
    unitSum = new long[height * width];
  }

  void add(PositiveMap map) {
    checkSize(map.height(), map.width());
    long[] byMaximum = MapScale.byMaximum(map);
    long[] byNorm = MapScale.byNorm(map);
    for (int i = 0; i < cells.length; i++) {
      cells[i].addQuantised(byMaximum[i]);
      unitSum[i] += byNorm[i];
    }
  }

  void merge(MapSums other) {
    checkSize(other.height, other.width);
    for (int i = 0; i < cells.length; i++) {
      cells[i].merge(other.cells[i]);
      unitSum[i] += other.unitSum[i];
    }
  }

  private void checkSize(int otherHeight, int otherWidth) {
    if (otherHeight != height || otherWidth != width) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "maps of %d x %d and of %d x %d in one dataset: statistics want the first explanations of",
                  height,
                  width,
                  otherHeight,
                  otherWidth)
              + " all images to be of one layer; aggregate runs of different models apart");
    }
  }

  long count() {
    return cells[0].count();
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** The mean map, 0 to 1, row by row. */
  double[] mean() {
    double[] mean = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      mean[i] = cells[i].mean();
    }
    return mean;
  }

  /** Sum of the unit maps, in fixed point; a copy. */
  long[] unitSum() {
    return unitSum.clone();
  }

  /** The record; {@code ownPlace} comes from the second pass and may be null. */
  MapStatistics statistics(Mean ownPlace) {
    double n = count();
    double[] mean = mean();
    double[] unit = Cosine.doubles(unitSum);
    // |Σu|² = n + 2 Σ_{i<j} cos(i, j), the maps being of norm 1.
    Double pairs = n < 2 ? null : (Double) clamp((Cosine.dot(unit, unit) - n) / (n * (n - 1)));
    // Σ cos(u_i, m) = (Σ u_i)·m / |m|.
    double alikeness = clamp(Cosine.dot(unit, mean) / Cosine.norm(mean) / n);
    double[] sd = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      sd[i] = Math.sqrt(cells[i].variance());
    }
    return new MapStatistics(
        count(), height, width, rows(mean), n < 2 ? null : rows(sd), alikeness, pairs, ownPlace);
  }

  /** Rounding must not make a cosine of 1 into more. */
  private static double clamp(double cosine) {
    return Math.max(0, Math.min(1, cosine));
  }

  private List<List<Double>> rows(double[] values) {
    List<List<Double>> rows = new ArrayList<>(height);
    for (int y = 0; y < height; y++) {
      List<Double> row = new ArrayList<>(width);
      for (int x = 0; x < width; x++) {
        row.add(values[y * width + x]);
      }
      rows.add(List.copyOf(row));
    }
    return List.copyOf(rows);
  }

  void write(OutputStream out) throws IOException {
    Wire.writeCount(height, out);
    Wire.writeCount(width, out);
    for (int i = 0; i < cells.length; i++) {
      cells[i].write(out);
      Wire.writeCount(unitSum[i], out);
    }
  }

  static MapSums read(InputStream in) throws IOException {
    int height = (int) Wire.readCount(in);
    MapSums sums = new MapSums(height, (int) Wire.readCount(in));
    for (int i = 0; i < sums.cells.length; i++) {
      sums.cells[i] = Moments.read(in);
      sums.unitSum[i] = Wire.readCount(in);
    }
    return sums;
  }
}
