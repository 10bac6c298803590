package io.camaudit.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Relevances of an image's channels made comparable: each channel's share of what speaks for the
 * class, {@code p = max(r, 0) / Σ max(r, 0)}, so that how sure the model was plays no part, only
 * what it went by. Images are compared by the roots √p: their Euclidean distance is √2 times
 * Hellinger's between the shares, which few great channels do not drown all others in.
 */
final class Relevance {
  private Relevance() {}

  /**
   * The roots of the shares: 0 to 1, with squares that sum to 1.
   *
   * @param relevance of each channel
   * @return null if none is positive, or the numbers are not finite
   */
  static double[] roots(float[] relevance) {
    double sum = 0;
    for (float r : relevance) {
      sum += Math.max(r, 0);
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      return null;
    }
    double[] roots = new double[relevance.length];
    for (int c = 0; c < roots.length; c++) {
      roots[c] = Math.sqrt(Math.max(relevance[c], 0) / sum);
    }
    return roots;
  }

  /** A channel's share by its root. */
  static double share(double root) {
    return root * root;
  }

  /**
   * The mean of some, number by number, summed in their order.
   *
   * @param all at least one, of one length
   * @param of what of each number the mean is of
   */
  static double[] mean(List<double[]> all, DoubleUnaryOperator of) {
    double[] mean = new double[all.get(0).length];
    for (double[] one : all) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += of.applyAsDouble(one[c]);
      }
    }
    return Arrays.stream(mean).map(sum -> sum / all.size()).toArray();
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
