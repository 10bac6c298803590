package io.camaudit.page;

import java.util.List;

/**
 * A class's strategies for the browser.
 *
 * @param headline in how many ways it is seen
 * @param sentence how that was found
 * @param images that have a strategy
 * @param file in the run's folder that lists them
 * @param strategies the one with the most sampled images first
 * @param points sampled images in the scatter; null if none was clustered
 * @param ofImages the strategy of each of the class's images on the page, in their order; null of
 *     an image that has none
 */
record StrategyData(
    String headline,
    String sentence,
    long images,
    String file,
    List<Row> strategies,
    Points points,
    List<Integer> ofImages) {

  /**
   * A strategy.
   *
   * @param share of the class's images: value, low, high
   * @param accuracy likewise; null without labels
   * @param rightReason likewise; null without regions
   * @param borderLift likewise; null without maps
   * @param accuracyAgainst difference to the class's other images: value, low, high; null if there
   *     are none
   * @param rightReasonAgainst likewise
   * @param borderLiftAgainst likewise
   * @param predictions what the model calls them
   * @param channels with the greatest mean shares of relevance
   * @param telling channels that exceed the others' most; null if there are none
   */
  record Row(
      int number,
      long images,
      double[] share,
      double[] accuracy,
      double[] rightReason,
      double[] borderLift,
      double[] accuracyAgainst,
      double[] rightReasonAgainst,
      double[] borderLiftAgainst,
      String predictions,
      List<Channel> channels,
      List<Telling> telling) {}

  /** A channel and its mean share. */
  record Channel(int channel, double share) {}

  /** A channel's mean share here and among the class's other images. */
  record Telling(int channel, double share, double others, double[] difference) {}

  /** Columns of the sampled images: a name, a strategy and a place each. */
  record Points(List<String> names, List<Integer> strategies, List<Double> x, List<Double> y) {}
}
