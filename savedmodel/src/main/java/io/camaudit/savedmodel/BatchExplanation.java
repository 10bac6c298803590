package io.camaudit.savedmodel;

import java.util.Arrays;
import java.util.Map;

/** The model's answer for a batch, copied out of native memory. */
public final class BatchExplanation {
  private final float[] logits;
  private final int classes;
  private final int[] imageIndex;
  private final int[] targets;
  private final int[] versus;
  private final float[] scores;
  private final Map<String, float[]> maps;
  private final ChannelSums[] channels;

  /**
   * @param logits [N, K] flat
   * @param classes K
   * @param imageIndex [M], whose pairs they are
   * @param targets [M], class indices
   * @param versus [M], null where targets were explained alone
   * @param scores [M], the targets' logits
   * @param maps by layer, [M, h, w] flat
   */
  public BatchExplanation(
      float[] logits,
      int classes,
      int[] imageIndex,
      int[] targets,
      int[] versus,
      float[] scores,
      Map<String, float[]> maps) {
    this(logits, classes, imageIndex, targets, versus, scores, maps, null);
  }

  /**
   * @param channels [M], null for pairs whose are not wanted; null if none is
   */
  BatchExplanation(
      float[] logits,
      int classes,
      int[] imageIndex,
      int[] targets,
      int[] versus,
      float[] scores,
      Map<String, float[]> maps,
      ChannelSums[] channels) {
    this.logits = logits;
    this.classes = classes;
    this.imageIndex = imageIndex.clone();
    this.targets = targets;
    this.versus = versus == null ? null : versus.clone();
    this.scores = scores;
    this.maps = maps;
    this.channels = channels;
  }

  /** The same with the channels of another answer about the same pairs. */
  public BatchExplanation withChannelsOf(BatchExplanation other) {
    return new BatchExplanation(
        logits, classes, imageIndex, targets, versus, scores, maps, other.channels);
  }

  /** The logits of one image, [K]. */
  public float[] logits(int image) {
    return Arrays.copyOfRange(logits, image * classes, (image + 1) * classes);
  }

  /** The class that a pair explains, ranks resolved. */
  public int target(int pair) {
    return targets[pair];
  }

  /** The class rather than which a pair explains its target; null where it explains that alone. */
  public Integer versus(int pair) {
    return versus == null ? null : (Integer) versus[pair];
  }

  /**
   * What a pair explains: the logit of its target, less that of the other class if there is one.
   */
  public float score(int pair) {
    return versus == null
        ? scores[pair]
        : scores[pair] - logits[imageIndex[pair] * classes + versus[pair]];
  }

  /** The raw map of a pair: h·w numbers row by row, before ReLU, not normalised. */
  public float[] map(int pair, String layer) {
    float[] all = maps.get(layer);
    int length = all.length / (scores.length);
    return Arrays.copyOfRange(all, pair * length, (pair + 1) * length);
  }

  /** The channels of the default layer of a pair; null if they were not wanted. */
  public ChannelSums channels(int pair) {
    return channels == null ? null : channels[pair];
  }
}
