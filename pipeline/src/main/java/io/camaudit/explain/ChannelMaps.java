package io.camaudit.explain;

import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.InputPicture;
import io.camaudit.savedmodel.ModelCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Maps of a {@link ChannelMethod}: {@code map_i = Σ_k w_k A_ik}, with weights that the model is
 * asked for channel by channel. Targets of one image share the passes.
 */
record ChannelMaps(ExplainableModel model, ChannelMethod method, List<String> layers) {
  /**
   * Asks about pairs whose classes are known.
   *
   * @param targets [M], class indices
   * @param others [M], what they are explained rather than; null for nothing
   * @param answer the model's logits for the batch
   */
  BatchExplanation of(
      InputBatch batch,
      int images,
      int[] imageIndex,
      int[] targets,
      int[] others,
      BatchExplanation answer) {
    int classes = model.card().classes();
    float[] logits = new float[images * classes];
    List<InputPicture> pictures = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      System.arraycopy(answer.logits(image), 0, logits, image * classes, classes);
      pictures.add(batch.get(image));
    }
    Map<String, float[]> maps = new HashMap<>();
    for (String name : layers) {
      ModelCard.Layer layer = model.card().layer(name);
      int cells = layer.height() * layer.width();
      float[] activations = model.activations(batch, images, name);
      float[] ofPairs = new float[targets.length * cells];
      for (int image = 0; image < images; image++) {
        int length = cells * layer.channels();
        float[] own = Arrays.copyOfRange(activations, image * length, (image + 1) * length);
        List<Integer> pairs = pairsOf(image, imageIndex);
        List<ToDoubleFunction<float[]>> explained =
            pairs.stream()
                .map(m -> explained(targets[m], others == null ? null : others[m]))
                .toList();
        List<double[]> weights =
            explained.isEmpty()
                ? List.of()
                : method
                    .scores(model, layer)
                    .weights(pictures.get(image), own, answer.logits(image), explained);
        for (int i = 0; i < pairs.size(); i++) {
          System.arraycopy(weighted(own, weights.get(i)), 0, ofPairs, pairs.get(i) * cells, cells);
        }
      }
      maps.put(name, ofPairs);
    }
    float[] scores = new float[targets.length];
    for (int m = 0; m < targets.length; m++) {
      scores[m] = logits[imageIndex[m] * classes + targets[m]];
    }
    return new BatchExplanation(logits, classes, imageIndex, targets, others, scores, maps);
  }

  private static List<Integer> pairsOf(int image, int[] imageIndex) {
    List<Integer> pairs = new ArrayList<>();
    for (int m = 0; m < imageIndex.length; m++) {
      if (imageIndex[m] == image) {
        pairs.add(m);
      }
    }
    return pairs;
  }

  private static ToDoubleFunction<float[]> explained(int target, Integer other) {
    return other == null
        ? logits -> logits[target]
        : logits -> (double) logits[target] - logits[other];
  }

  /** Σ over channels, [h · w]. */
  private static float[] weighted(float[] activations, double[] weights) {
    float[] map = new float[activations.length / weights.length];
    for (int i = 0; i < map.length; i++) {
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * activations[i * weights.length + k];
      }
      map[i] = (float) sum;
    }
    return map;
  }
}
