package io.camaudit.stats;

import org.apache.commons.math3.distribution.NormalDistribution;

/** The 95 % intervals that stand beside rates and means. */
public final class Intervals {
  /** 0.975 quantile of the standard normal distribution, 1.959964. */
  public static final double Z95 = normalQuantile(0.975);

  private Intervals() {}

  static double normalQuantile(double probability) {
    return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(probability);
  }

  /**
   * Wilson's score interval {@code (p + z²/2n ± z sqrt(p(1 − p)/n + z²/4n²)) / (1 + z²/n)} with p =
   * count/of, n = of.
   *
   * @return null of nothing
   */
  public static Rate rate(long count, long of) {
    if (of == 0) {
      return null;
    }
    double n = of;
    double p = count / n;
    double zz = Z95 * Z95 / n;
    double centre = p + zz / 2;
    double half = Math.sqrt(zz * (p * (1 - p) + zz / 4));
    // At 0 and at n the formula gives exactly 0 and 1; rounding would not.
    double low = count == 0 ? 0 : (centre - half) / (1 + zz);
    double high = count == of ? 1 : (centre + half) / (1 + zz);
    return new Rate(count, of, p, low, high, Rate.WILSON);
  }

  /**
   * {@code mean ± z sd / sqrt(n)}.
   *
   * @return null of nothing
   */
  public static Mean mean(Moments moments) {
    if (moments.count() == 0) {
      return null;
    }
    double mean = moments.mean();
    if (moments.count() == 1) {
      return new Mean(1, mean, null, null, null, Mean.NORMAL);
    }
    double sd = Math.sqrt(moments.variance());
    double half = Z95 * sd / Math.sqrt(moments.count());
    return new Mean(moments.count(), mean, sd, mean - half, mean + half, Mean.NORMAL);
  }

  /**
   * {@code a − b} of two independent groups: {@code d − sqrt((a − la)² + (ub − b)²)} to {@code d +
   * sqrt((ua − a)² + (b − lb)²)} with l and u the ends of the two Wilson intervals.
   *
   * @return null where a group is empty
   */
  public static RateDifference difference(Rate a, Rate b) {
    if (a == null || b == null) {
      return null;
    }
    double difference = a.value() - b.value();
    double down = root(a.value() - a.low(), b.high() - b.value());
    double up = root(a.high() - a.value(), b.value() - b.low());
    return new RateDifference(
        a,
        b,
        difference,
        Math.max(-1, difference - down),
        Math.min(1, difference + up),
        RateDifference.NEWCOMBE);
  }

  /**
   * {@code a − b} of two independent groups, {@code ± z sqrt(sd_a²/n_a + sd_b²/n_b)}.
   *
   * @return null where a group is empty
   */
  public static MeanDifference difference(Mean a, Mean b) {
    if (a == null || b == null) {
      return null;
    }
    double difference = a.mean() - b.mean();
    if (a.sd() == null || b.sd() == null) {
      return new MeanDifference(a, b, difference, null, null, Mean.NORMAL);
    }
    double half = Z95 * Math.sqrt(a.sd() * a.sd() / a.count() + b.sd() * b.sd() / b.count());
    return new MeanDifference(a, b, difference, difference - half, difference + half, Mean.NORMAL);
  }

  private static double root(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }
}
