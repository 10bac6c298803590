package io.camaudit.explain;

import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.InputPicture;
import io.camaudit.savedmodel.ModelCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Ablation-CAM: the weight of channel k is {@code (y − y_k) / |y|}, where y_k is the explained
 * number with the channel set to 0 in all cells (Desai and Ramaswamy 2020,
 * doi:10.1109/WACV45572.2020.9093360, equation 3, who divide by y: below 0 that would turn what
 * speaks for the class into what speaks against it). With y = 0 it is the difference itself.
 */
final class AblationCam implements ChannelScores {
  private final ExplainableModel model;
  private final ModelCard.Layer layer;

  AblationCam(ExplainableModel model, ModelCard.Layer layer) {
    this.model = model;
    this.layer = layer;
  }

  @Override
  public List<double[]> weights(
      InputPicture picture,
      float[] activations,
      float[] logits,
      List<ToDoubleFunction<float[]>> explained) {
    int channels = layer.channels();
    List<double[]> weights = new ArrayList<>();
    explained.forEach(pair -> weights.add(new double[channels]));
    // Without a channel that is 0 everywhere y stays what it is.
    int[] live = liveChannels(activations);
    try (InputBatch batch = model.newBatch()) {
      for (int slot = 0; slot < model.batchSize(); slot++) {
        // Layers before this one may lead to the logits past it.
        batch.set(slot, picture.values());
      }
      for (int from = 0; from < live.length; from += model.batchSize()) {
        int[] part =
            Arrays.copyOfRange(live, from, Math.min(live.length, from + model.batchSize()));
        float[] answer =
            model.logitsOf(batch, part.length, layer.name(), without(activations, part));
        int classes = answer.length / part.length;
        for (int slot = 0; slot < part.length; slot++) {
          float[] left = Arrays.copyOfRange(answer, slot * classes, (slot + 1) * classes);
          for (int m = 0; m < weights.size(); m++) {
            double y = explained.get(m).applyAsDouble(logits);
            double lost = y - explained.get(m).applyAsDouble(left);
            weights.get(m)[part[slot]] = y == 0 ? lost : lost / Math.abs(y);
          }
        }
      }
    }
    return weights;
  }

  private int[] liveChannels(float[] activations) {
    boolean[] live = new boolean[layer.channels()];
    for (int i = 0; i < activations.length; i++) {
      live[i % live.length] |= activations[i] != 0;
    }
    return IntStream.range(0, live.length).filter(k -> live[k]).toArray();
  }

  /** The activations once for each of some channels, without that channel. */
  private float[] without(float[] activations, int[] channels) {
    float[] all = new float[channels.length * activations.length];
    for (int slot = 0; slot < channels.length; slot++) {
      int start = slot * activations.length;
      System.arraycopy(activations, 0, all, start, activations.length);
      for (int i = channels[slot]; i < activations.length; i += layer.channels()) {
        all[start + i] = 0;
      }
    }
    return all;
  }
}
