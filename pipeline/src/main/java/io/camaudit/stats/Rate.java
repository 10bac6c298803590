package io.camaudit.stats;

import java.util.Locale;

/**
 * A share with its 95 % Wilson score interval, which stays inside 0 to 1 and is honest for few
 * images, where the normal one is not (Wilson 1927, doi:10.1080/01621459.1927.10502953).
 *
 * @param count how many had the property
 * @param of how many were asked; at least 1
 * @param value count / of
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param interval what the ends are, {@link #WILSON}
 */
public record Rate(long count, long of, double value, double low, double high, String interval) {
  public static final String WILSON = "Wilson 95 %";

  /** The rate of a count among at least one. */
  public static Rate of(long count, long of) {
    if (count < 0 || of < 1 || count > of) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d of %d is no rate", count, of));
    }
    return Intervals.rate(count, of);
  }
}
