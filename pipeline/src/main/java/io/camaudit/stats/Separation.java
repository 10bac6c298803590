package io.camaudit.stats;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How well a number tells two groups of images apart: the area under the ROC curve, which is the
 * share of pairs of one image of each group where the first group's has the greater value, those
 * with equal values counted half; 0.5 says nothing. With its interval and the rank test for it.
 *
 * @param auc U / (n m), 0 to 1, with U the Mann–Whitney statistic
 * @param low lower end of the 95 % interval (Newcombe 2006, method 5)
 * @param high upper end
 * @param count n, images of the first group
 * @param others m, images of the second
 * @param pValue two-sided, Mann–Whitney with mid-ranks: normal approximation, corrected for ties
 *     and continuity
 * @param adjustedPValue after Benjamini–Hochberg over all tests of its family; null where a group
 *     has too few images, which are not tested
 */
public record Separation(
    double auc,
    double low,
    double high,
    long count,
    long others,
    double pValue,
    Double adjustedPValue) {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** Halvings of an interval of length 1: below the spacing of its numbers. */
  private static final int HALVINGS = 60;

  /**
   * Of counts by value, in ascending order of the values; a billion images in all at most.
   *
   * @return null if a group is empty, or if all values are equal
   */
  public static Separation of(long[] group, long[] rest) {
    long n = 0;
    long m = 0;
    long twiceU = 0;
    double ties = 0;
    int values = 0;
    for (int i = 0; i < group.length; i++) {
      twiceU = Math.addExact(twiceU, Math.multiplyExact(group[i], 2 * m + rest[i]));
      n += group[i];
      m += rest[i];
      double tied = group[i] + rest[i];
      ties += tied * (tied * tied - 1);
      values += tied > 0 ? 1 : 0;
    }
    if (n == 0 || m == 0 || values < 2) {
      return null;
    }
    double pairs = (double) n * m;
    double auc = twiceU / 2.0 / pairs;
    double all = (double) n + m;
    double sd = Math.sqrt(pairs / 12 * (all + 1 - ties / (all * (all - 1))));
    double z = Math.max(0, Math.abs(twiceU / 2.0 - pairs / 2) - 0.5) / sd;
    double p = Math.min(1, 2 * NORMAL.cumulativeProbability(-z));
    return new Separation(auc, bound(auc, n, m, 0), bound(auc, n, m, 1), n, m, p, null);
  }

  Separation adjusted(double adjusted) {
    return new Separation(auc, low, high, count, others, pValue, adjusted);
  }

  /**
   * From 0, nothing, to 1, everything: the distance of the interval's nearer end from a half, to
   * nine digits, so that two sides that are each other's rest are as far.
   */
  double certainDistance() {
    return Math.rint(2e9 * Math.max(0, Math.max(low - 0.5, 0.5 - high))) / 1e9;
  }

  /**
   * The θ between the estimate and {@code end} where the estimate is just z standard errors away,
   * with the standard error that Hanley and McNeil (1982) give for θ, both groups taken to be of
   * their mean size. It stays inside 0 to 1, and at an estimate of 1 says how little few images
   * prove.
   */
  private static double bound(double auc, long n, long m, double end) {
    double near = auc;
    double far = end;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (near + far) / 2;
      if (Math.abs(middle - auc) < Intervals.Z95 * standardError(middle, n, m)) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return auc == end ? end : (near + far) / 2;
  }

  private static double standardError(double theta, double n, double m) {
    double others = (n + m) / 2 - 1;
    double factor = 1 + others * ((1 - theta) / (2 - theta) + theta / (1 + theta));
    return Math.sqrt(theta * (1 - theta) * factor / (n * m));
  }
}
