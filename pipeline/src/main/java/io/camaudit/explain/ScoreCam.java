package io.camaudit.explain;

import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.InputPicture;
import io.camaudit.savedmodel.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Score-CAM: the weight of channel k is {@code softmax_k(y(X ∘ M_k))}, the explained number of the
 * picture X seen through the mask M_k (Wang et al. 2020, arXiv:1910.01279, equations 4 and 5, whose
 * baseline the softmax over channels leaves without effect). M_k is the channel, enlarged
 * bilinearly with half-pixel centres to the input's size, then {@code (m − min) / (max − min)}; X
 * is the input after normalisation. A channel that is the same everywhere masks all: X ∘ 0.
 */
final class ScoreCam implements ChannelScores {
  private final ExplainableModel model;
  private final ModelCard.Layer layer;
  private final CellAxis across;
  private final CellAxis down;

  ScoreCam(ExplainableModel model, ModelCard.Layer layer) {
    this.model = model;
    this.layer = layer;
    ModelCard.Input input = model.card().input();
    this.across = CellAxis.of(layer.width(), input.width(), null);
    this.down = CellAxis.of(layer.height(), input.height(), null);
  }

  @Override
  public List<double[]> weights(
      InputPicture picture,
      float[] activations,
      float[] logits,
      List<ToDoubleFunction<float[]>> explained) {
    List<double[]> scores = new ArrayList<>();
    explained.forEach(pair -> scores.add(new double[layer.channels()]));
    try (InputBatch batch = model.newBatch()) {
      int waiting = 0;
      int first = 0;
      for (int k = 0; k < layer.channels(); k++) {
        batch.set(waiting++, through(picture, mask(activations, k)));
        if (waiting == model.batchSize() || k + 1 == layer.channels()) {
          BatchExplanation answer = model.logits(batch, waiting);
          for (int slot = 0; slot < waiting; slot++) {
            float[] seen = answer.logits(slot);
            for (int m = 0; m < explained.size(); m++) {
              scores.get(m)[first + slot] = explained.get(m).applyAsDouble(seen);
            }
          }
          first = k + 1;
          waiting = 0;
        }
      }
    }
    return scores.stream().map(Softmax::of).toList();
  }

  /** [H · W], 0 to 1; all 0 for a channel that is the same everywhere. */
  private float[] mask(float[] activations, int channel) {
    ModelCard.Input input = model.card().input();
    float[] mask = new float[input.height() * input.width()];
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int y = 0; y < input.height(); y++) {
      double row = down.clamped(y + 0.5);
      for (int x = 0; x < input.width(); x++) {
        double column = across.clamped(x + 0.5);
        double upper = between(activations, channel, (int) row, column);
        double lower = between(activations, channel, (int) Math.ceil(row), column);
        float value = (float) (upper + (lower - upper) * (row - (int) row));
        mask[y * input.width() + x] = value;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }
    for (int i = 0; i < mask.length; i++) {
      mask[i] = greatest > least ? (mask[i] - least) / (greatest - least) : 0;
    }
    return mask;
  }

  private double between(float[] activations, int channel, int row, double column) {
    int start = row * layer.width();
    double left = activations[(start + (int) column) * layer.channels() + channel];
    double right = activations[(start + (int) Math.ceil(column)) * layer.channels() + channel];
    return left + (right - left) * (column - (int) column);
  }

  private static float[] through(InputPicture picture, float[] mask) {
    float[] seen = picture.values().clone();
    for (int i = 0; i < seen.length; i++) {
      seen[i] *= mask[i / picture.channels()];
    }
    return seen;
  }
}
