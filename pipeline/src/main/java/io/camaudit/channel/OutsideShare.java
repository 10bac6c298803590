package io.camaudit.channel;

import io.camaudit.stats.Intervals;
import io.camaudit.stats.Moments;

/**
 * Which part of what a channel gives to a class lies outside the regions: a ratio of two sums over
 * images, so that an image counts by what the channel gives in it. With y of an image the channel's
 * share of it and x the part of y outside, {@code value = Σx / Σy}, and the interval is {@code
 * value ± z · sd(x − value · y) / (sqrt(n) · mean y)}, cut to 0 to 1: the delta method's (Cochran
 * 1977, Sampling Techniques, equation 6.13).
 *
 * @param images with a region, n
 * @param value 0 to 1
 * @param low lower end of the interval; null for a single image
 * @param high upper end of the interval; null for a single image
 */
public record OutsideShare(long images, double value, Double low, Double high) {
  /**
   * @param outside of x
   * @param whole of y
   * @param sum of x + y
   * @return null where the channel gave nothing to an image with a region
   */
  static OutsideShare of(Moments outside, Moments whole, Moments sum) {
    if (outside.count() == 0 || !(whole.mean() > 0)) {
      return null;
    }
    long n = outside.count();
    double value = Math.min(1, outside.mean() / whole.mean());
    if (n == 1) {
      return new OutsideShare(1, value, null, null);
    }
    double covariance = (sum.variance() - outside.variance() - whole.variance()) / 2;
    double spread =
        Math.max(0, outside.variance() - 2 * value * covariance + value * value * whole.variance());
    double half = Intervals.Z95 * Math.sqrt(spread / n) / whole.mean();
    return new OutsideShare(n, value, Math.max(0, value - half), Math.min(1, value + half));
  }
}
