package io.camaudit.stats;

/** Dot products over cells in row order, so that the same maps give the same bits. */
final class Cosine {
  private Cosine() {}

  /** Fixed point to doubles. */
  static double[] doubles(long[] quantised) {
    double[] values = new double[quantised.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = quantised[i] / Moments.UNIT;
    }
    return values;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /** 0 to 1 for vectors without negative values; NaN if one is all zero. */
  static double between(double[] a, double[] b) {
    return Math.min(1, dot(a, b) / norm(a) / norm(b));
  }
}
