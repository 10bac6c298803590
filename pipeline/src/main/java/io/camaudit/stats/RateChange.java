package io.camaudit.stats;

/**
 * A rate under two conditions, such as two runs, over the same images.
 *
 * @param lost images that had the property before and have it no longer
 * @param gained images that have it now and did not before
 * @param difference after − before, −1 to 1
 * @param low lower end of the difference's 95 % interval
 * @param high upper end
 * @param interval what the ends are, {@link #NEWCOMBE}
 * @param pValue of McNemar's exact test, two-sided; only lost and gained images count in it
 */
public record RateChange(
    Rate before,
    Rate after,
    long lost,
    long gained,
    double difference,
    double low,
    double high,
    String interval,
    double pValue) {
  /**
   * Square-and-add of the two Wilson intervals with their correlation: Newcombe (1998), Improved
   * confidence intervals for the difference between binomial proportions based on paired data,
   * Statistics in Medicine 17, 2635–2650, method 10.
   */
  public static final String NEWCOMBE = "Newcombe paired 95 %";
}
