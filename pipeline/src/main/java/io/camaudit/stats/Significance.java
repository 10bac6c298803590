package io.camaudit.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/** The tests behind a flag. Random generators of the distributions are never used, hence null. */
public final class Significance {
  /** Most of the called findings that may be false, in expectation. */
  public static final double FALSE_DISCOVERY_RATE = 0.05;

  private Significance() {}

  /**
   * Fisher's exact test that a class's rate is below the rest's: probability of at most {@code
   * hits} among {@code of}, were the hits of both dealt out at random. Holds its level for any
   * number of images, which the normal approximation does not for a class of 16.
   */
  public static double fisherBelow(long hits, long of, long restHits, long restOf) {
    return new HypergeometricDistribution(
            null,
            Math.toIntExact(of + restOf),
            Math.toIntExact(hits + restHits),
            Math.toIntExact(of))
        .cumulativeProbability(Math.toIntExact(hits));
  }

  /**
   * Exact binomial test that a share is below a given one: probability of at most {@code count}
   * among {@code of}, were each a hit with the given chance. That a share is above one is the same
   * of the misses: {@code binomialBelow(of - count, of, 1 - share)}.
   */
  public static double binomialBelow(long count, long of, double share) {
    return new BinomialDistribution(null, Math.toIntExact(of), share)
        .cumulativeProbability(Math.toIntExact(count));
  }

  /**
   * Welch's test that a class's mean is above the rest's, one-sided, with the degrees of freedom of
   * Satterthwaite.
   *
   * @param errorFactor what the standard error of independent values is multiplied by; 1 for
   *     independent ones
   * @return 1 where either side has fewer than two values
   */
  static double welchAbove(Moments ofClass, Moments rest, double errorFactor) {
    if (ofClass.count() < 2 || rest.count() < 2) {
      return 1;
    }
    double a = ofClass.variance() / ofClass.count();
    double b = rest.variance() / rest.count();
    double difference = ofClass.mean() - rest.mean();
    if (a + b == 0) {
      return difference > 0 ? 0 : 1;
    }
    double t = difference / (errorFactor * Math.sqrt(a + b));
    double df = (a + b) * (a + b) / (a * a / (ofClass.count() - 1) + b * b / (rest.count() - 1));
    return new TDistribution(null, df).cumulativeProbability(-t);
  }

  /**
   * Adjusted p-values after Benjamini and Hochberg (1995): the i-th smallest of m becomes the least
   * of {@code m p_j / j} over j ≥ i. Calling those up to q keeps the expected share of false calls
   * at q, and under no effect at all the chance of any call.
   */
  public static double[] benjaminiHochberg(double[] p) {
    List<Integer> descending =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .toList();
    double[] adjusted = new double[p.length];
    double least = 1;
    for (int rank = p.length; rank > 0; rank--) {
      int i = descending.get(p.length - rank);
      least = Math.min(least, p[i] * p.length / rank);
      adjusted[i] = least;
    }
    return adjusted;
  }
}
