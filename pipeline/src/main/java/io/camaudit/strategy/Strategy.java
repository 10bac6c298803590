package io.camaudit.strategy;

import io.camaudit.stats.Confusion;
import io.camaudit.stats.Mean;
import io.camaudit.stats.MeanDifference;
import io.camaudit.stats.Rate;
import io.camaudit.stats.RateDifference;
import java.util.List;

/**
 * Images of a class that the same channels speak for. Counts, rates and means are of all its
 * images; channels are of the sampled ones.
 *
 * @param number from 1, in the order of the class's strategies
 * @param images of the strategy
 * @param share of the class's images that have a strategy
 * @param accuracy share of right predictions among images that have a prediction and a label the
 *     model knows; null if there are none
 * @param rightReasonRate as in {@code classes.json}; null if no image has a verdict that judges
 * @param borderLift of the first explanation's map; null if no map is usable
 * @param lift of heat in the region; null without regions
 * @param predictions what the model calls them, the most frequent first, at most five
 * @param channels the greatest mean shares of relevance, the greatest first, at most {@link
 *     #MOST_CHANNELS}; also the centre that strategies of two runs are compared by
 * @param typical sampled images nearest to the mean, the nearest first
 * @param against the class's other strategies together; null if there is none
 */
public record Strategy(
    int number,
    long images,
    Rate share,
    Rate accuracy,
    Rate rightReasonRate,
    Mean borderLift,
    Mean lift,
    List<Confusion> predictions,
    List<ChannelShare> channels,
    List<String> typical,
    Against against) {
  /** Shares below 0.001 are left out too. */
  public static final int MOST_CHANNELS = 64;

  public Strategy {
    predictions = List.copyOf(predictions);
    channels = List.copyOf(channels);
    typical = List.copyOf(typical);
  }

  /** A channel's mean share of an image's positive relevance, 0 to 1. */
  public record ChannelShare(int channel, double share) {}

  /**
   * How it differs from the class's other strategies together.
   *
   * @param accuracy null where one side has none
   * @param rightReasonRate likewise
   * @param borderLift likewise
   * @param channels whose mean shares exceed the others' most, the greatest difference first
   */
  public record Against(
      RateDifference accuracy,
      RateDifference rightReasonRate,
      MeanDifference borderLift,
      List<ChannelContrast> channels) {
    public Against {
      channels = List.copyOf(channels);
    }
  }

  /** A channel's share here, and in the others' sampled images. */
  public record ChannelContrast(int channel, MeanDifference share) {}
}
