package io.camaudit.savedmodel;

import java.util.Arrays;
import java.util.Map;

/** The model's answer for a batch, copied out of native memory. */
public final class BatchExplanation {
  private final float[] logits;
  private final int classes;
  private final int[] targets;
  private final float[] scores;
  private final Map<String, float[]> maps;

  BatchExplanation(
      float[] logits, int classes, int[] targets, float[] scores, Map<String, float[]> maps) {
    this.logits = logits;
    this.classes = classes;
    this.targets = targets;
    this.scores = scores;
    this.maps = maps;
  }

  /** The logits of one image, [K]. */
  public float[] logits(int image) {
    return Arrays.copyOfRange(logits, image * classes, (image + 1) * classes);
  }

  /** The class that a pair explains, ranks resolved. */
  public int target(int pair) {
    return targets[pair];
  }

  /** The logit of the class that a pair explains. */
  public float score(int pair) {
    return scores[pair];
  }

  /** The raw map of a pair: h·w numbers row by row, before ReLU, not normalised. */
  public float[] map(int pair, String layer) {
    float[] all = maps.get(layer);
    int length = all.length / (scores.length);
    return Arrays.copyOfRange(all, pair * length, (pair + 1) * length);
  }
}
