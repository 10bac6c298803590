package io.camaudit.savedmodel;

import java.util.Optional;

/**
 * The end of a network whose logits are an affine function of a layer's mean activations: {@code
 * logits = W · pooled + bias}.
 *
 * @param weights W, [K][C]
 * @param bias [K]
 */
public record AffineHead(float[][] weights, float[] bias) {
  /** Activations and gradients of one call that asks for weights. */
  private static final long BYTES_A_CALL = 64L << 20;

  /**
   * Asks a model for the end of its network; empty if that is another.
   *
   * <p>With {@code y = w · mean over cells of A + b} the gradient is w / cells in every cell, so
   * its sum over cells is w, whatever the picture.
   */
  public static Optional<AffineHead> of(ExplainableModel model) {
    ModelCard card = model.card();
    if (!card.head().isAveragePoolDense() || !card.head().layer().equals(card.defaultLayer())) {
      return Optional.empty();
    }
    ModelCard.Layer layer = card.layer(card.defaultLayer());
    int cells = layer.height() * layer.width();
    long ofOne = 2L * Float.BYTES * cells * layer.channels();
    int together = (int) Math.max(1, Math.min(card.classes(), BYTES_A_CALL / ofOne));
    float[][] weights = new float[card.classes()][];
    try (InputBatch batch = model.newBatch()) {
      for (int from = 0; from < weights.length; from += together) {
        int[] targets = new int[Math.min(together, weights.length - from)];
        for (int m = 0; m < targets.length; m++) {
          targets[m] = from + m;
        }
        LayerGradients parts =
            model.gradients(batch, 1, new int[targets.length], targets, layer.name());
        for (int m = 0; m < targets.length; m++) {
          weights[from + m] = sums(parts.gradients(), m * cells, cells, layer.channels());
        }
      }
    }
    return Optional.of(new AffineHead(weights, card.head().bias()));
  }

  private static float[] sums(float[] gradients, int firstCell, int cells, int channels) {
    double[] sums = new double[channels];
    for (int cell = firstCell; cell < firstCell + cells; cell++) {
      for (int k = 0; k < channels; k++) {
        sums[k] += gradients[cell * channels + k];
      }
    }
    float[] rounded = new float[channels];
    for (int k = 0; k < channels; k++) {
      rounded[k] = (float) sums[k];
    }
    return rounded;
  }

  /** Of mean activations, [C]: [K]. */
  public double[] logits(float[] pooled) {
    double[] logits = new double[weights.length];
    for (int i = 0; i < logits.length; i++) {
      double sum = bias[i];
      for (int k = 0; k < pooled.length; k++) {
        sum += (double) weights[i][k] * pooled[k];
      }
      logits[i] = sum;
    }
    return logits;
  }

  /**
   * What a step of length 1 along a direction of mean activations, [C], adds to the logits, [K].
   */
  public double[] along(double[] direction) {
    double[] change = new double[weights.length];
    for (int i = 0; i < change.length; i++) {
      for (int k = 0; k < direction.length; k++) {
        change[i] += weights[i][k] * direction[k];
      }
    }
    return change;
  }
}
