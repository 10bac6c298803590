package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The mean maps of the classes, which the second pass compares each map with. Does not change once
 * made.
 */
final class ClassMeans {
  /**
   * @param mean the mean map
   * @param unitSum sum of the class's unit maps, in fixed point
   * @param rest sum of the other classes' unit maps; zeros if there are none
   */
  private record Means(double[] mean, long[] unitSum, double[] rest) {}

  private final Map<ClassKey, Means> byClass = new TreeMap<>();

  /** Of the first pass's sums; classes that {@link Rows} does not show are left out. */
  static ClassMeans of(ByClass<ClassAccumulator> sums) {
    Map<ClassKey, ClassAccumulator> rows = Rows.of(sums).byClass();
    long[] total = null;
    for (ClassAccumulator row : rows.values()) {
      if (row.maps() != null) {
        long[] sum = row.maps().unitSum();
        total = total == null ? sum : plus(total, sum, 1);
      }
    }
    ClassMeans means = new ClassMeans();
    for (Map.Entry<ClassKey, ClassAccumulator> row : rows.entrySet()) {
      MapSums maps = row.getValue().maps();
      if (maps != null) {
        double[] rest = Cosine.doubles(plus(total, maps.unitSum(), -1));
        means.byClass.put(row.getKey(), new Means(maps.mean(), maps.unitSum(), rest));
      }
    }
    return means;
  }

  /** Empty for an image without a usable map or without a row. */
  Optional<Placed> place(ClassKey key, Sample sample) {
    Means own = byClass.get(key);
    if (own == null || sample.map() == null) {
      return Optional.empty();
    }
    long[] quantised = MapScale.byNorm(sample.map());
    double[] unit = Cosine.doubles(quantised);
    // Integers, so that taking the image out of its own class leaves no trace of it.
    double[] others = Cosine.doubles(plus(own.unitSum, quantised, -1));
    // NaN, hence left out, where there are no others or no rest.
    double ownPlace = Cosine.between(unit, others) - Cosine.between(unit, own.rest);
    return Optional.of(new Placed(sample.example(Cosine.between(unit, own.mean)), ownPlace));
  }

  private static long[] plus(long[] a, long[] b, int sign) {
    long[] sum = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + sign * b[i];
    }
    return sum;
  }

  void write(OutputStream out) throws IOException {
    Wire.writeCount(byClass.size(), out);
    for (Map.Entry<ClassKey, Means> entry : byClass.entrySet()) {
      entry.getKey().write(out);
      Means means = entry.getValue();
      Wire.writeCount(means.mean.length, out);
      for (int i = 0; i < means.mean.length; i++) {
        Wire.writeDouble(means.mean[i], out);
        Wire.writeCount(means.unitSum[i], out);
        Wire.writeDouble(means.rest[i], out);
      }
    }
  }

  static ClassMeans read(InputStream in) throws IOException {
    ClassMeans read = new ClassMeans();
    for (long left = Wire.readCount(in); left > 0; left--) {
      ClassKey key = ClassKey.read(in);
      int cells = (int) Wire.readCount(in);
      Means means = new Means(new double[cells], new long[cells], new double[cells]);
      for (int i = 0; i < cells; i++) {
        means.mean[i] = Wire.readDouble(in);
        means.unitSum[i] = Wire.readCount(in);
        means.rest[i] = Wire.readDouble(in);
      }
      read.byClass.put(key, means);
    }
    return read;
  }
}
