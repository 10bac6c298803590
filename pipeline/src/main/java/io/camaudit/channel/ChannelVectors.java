package io.camaudit.channel;

import io.camaudit.savedmodel.ChannelSums;

/**
 * What the channels of the model's default layer gave to what was explained of an image, each of C
 * numbers as {@link ChannelSums} defines them.
 *
 * @param target index of the class that was explained: of the image's first explanation
 * @param relevance sums over cells of gradient times activation
 * @param pooled mean activations
 * @param inside the part of the relevance within the region; null for an image without one
 */
public record ChannelVectors(int target, float[] relevance, float[] pooled, float[] inside) {
  public static ChannelVectors of(int target, ChannelSums sums) {
    return new ChannelVectors(target, sums.relevance(), sums.pooled(), sums.inside());
  }

  /** Sum of what speaks for the class, over all channels; 0 if none does. */
  public double positive() {
    double sum = 0;
    for (float value : relevance) {
      sum += Math.max(0, value);
    }
    return sum;
  }
}
