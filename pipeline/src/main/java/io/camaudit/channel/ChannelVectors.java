package io.camaudit.channel;

import io.camaudit.savedmodel.ChannelSums;
import java.util.List;

/**
 * What the channels of the model's default layer gave to what was explained of an image, each of C
 * numbers as {@link ChannelSums} defines them.
 *
 * @param target index of the class that was explained: of the image's first explanation
 * @param relevance sums over cells of gradient times activation
 * @param pooled mean activations
 * @param inside the part of the relevance within the region; null for an image without one
 * @param heats of the channels with the greatest relevance, greatest first; at most {@link
 *     ChannelSums#LOUDEST}
 */
public record ChannelVectors(
    int target, float[] relevance, float[] pooled, float[] inside, List<ChannelHeat> heats) {
  public ChannelVectors {
    heats = List.copyOf(heats);
  }

  /** Without heats. */
  public ChannelVectors(int target, float[] relevance, float[] pooled, float[] inside) {
    this(target, relevance, pooled, inside, List.of());
  }

  public static ChannelVectors of(int target, ChannelSums sums) {
    return new ChannelVectors(
        target,
        sums.relevance(),
        sums.pooled(),
        sums.inside(),
        sums.loudest().stream().map(ChannelHeat::of).toList());
  }

  /** Sum of what speaks for the class, over all channels; 0 if none does. */
  public double positive() {
    double sum = 0;
    for (float value : relevance) {
      sum += Math.max(0, value);
    }
    return sum;
  }

  /** The heat of a channel; null if it is not among the loudest. */
  ChannelHeat heat(int channel) {
    return heats.stream().filter(heat -> heat.channel() == channel).findFirst().orElse(null);
  }
}
