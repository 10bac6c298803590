package io.camaudit.stats;

/**
 * A mean with its 95 % interval from the normal approximation, {@code mean ± 1.96 sd /
 * sqrt(count)}.
 *
 * @param count values that went in; at least 1
 * @param mean arithmetic mean
 * @param sd sample standard deviation (count − 1); null for a single value
 * @param low lower end of the interval; null for a single value
 * @param high upper end of the interval; null for a single value
 * @param interval what the ends are, {@link #NORMAL}
 */
public record Mean(long count, double mean, Double sd, Double low, Double high, String interval) {
  public static final String NORMAL = "normal 95 %";
}
