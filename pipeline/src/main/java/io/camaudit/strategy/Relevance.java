package io.camaudit.strategy;

import java.util.Arrays;

/**
 * Relevances of an image's channels made comparable: {@code max(r, 0) / Σ max(r, 0)}, so that how
 * sure the model was plays no part, only what it went by.
 */
final class Relevance {
  private Relevance() {}

  /**
   * Shares of the positive relevance, 0 to 1, that sum to 1.
   *
   * @param relevance of each channel
   * @return null if none is positive, or the numbers are not finite
   */
  static double[] shares(float[] relevance) {
    double sum = 0;
    for (float r : relevance) {
      sum += Math.max(r, 0);
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      return null;
    }
    double[] shares = new double[relevance.length];
    for (int c = 0; c < shares.length; c++) {
      shares[c] = Math.max(relevance[c], 0) / sum;
    }
    return shares;
  }

  /** The mean of some, in their order. */
  static double[] mean(Iterable<double[]> all, int channels) {
    double[] mean = new double[channels];
    int count = 0;
    for (double[] one : all) {
      for (int c = 0; c < channels; c++) {
        mean[c] += one[c];
      }
      count++;
    }
    double of = count;
    return Arrays.stream(mean).map(sum -> sum / of).toArray();
  }

  /** Euclidean distance. */
  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return Math.sqrt(sum);
  }
}
