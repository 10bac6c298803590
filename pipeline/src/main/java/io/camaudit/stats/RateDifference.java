package io.camaudit.stats;

/**
 * How much a rate of one group of images differs from that of another that shares none with it.
 *
 * @param rate of the group
 * @param others of the other
 * @param difference rate − others, −1 to 1
 * @param low lower end of the difference's 95 % interval
 * @param high upper end
 * @param interval what the ends are, {@link #NEWCOMBE}
 */
public record RateDifference(
    Rate rate, Rate others, double difference, double low, double high, String interval) {
  /**
   * Square-and-add of the two Wilson intervals: Newcombe (1998), Interval estimation for the
   * difference between independent proportions, Statistics in Medicine 17, 873–890, method 10.
   */
  public static final String NEWCOMBE = "Newcombe 95 %";
}
