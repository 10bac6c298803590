package io.camaudit.savedmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks a loaded model on a generated picture: what it computes must follow from its own
 * activations and gradients.
 */
public final class ModelCheck {
  /**
   * A map recomputed in double precision from float32 parts; sums over thousands of channels round
   * at about 1e-6.
   */
  static final double MAP_TOLERANCE = 1e-5;

  /**
   * The map's cells cancel in their sum, so it is compared with the greatest of |logit|, |bias| and
   * the largest cell.
   */
  static final double SUM_TOLERANCE = 1e-4;

  /** The method that is recomputed; every model has it. */
  private static final String GRADCAM = "gradcam";

  private ModelCheck() {}

  /**
   * One check.
   *
   * @param name what was compared
   * @param difference what came out, relative to the scale that the name says
   * @param tolerance the greatest difference that passes
   */
  public record Finding(String name, double difference, double tolerance) {
    public boolean passed() {
      return difference <= tolerance;
    }
  }

  /** Runs all checks that apply; the model passes if every finding does. */
  public static List<Finding> run(ExplainableModel model) {
    ModelCard card = model.card();
    ModelCard.Layer layer = card.layer(card.defaultLayer());
    int width = 3 * card.input().width() / 2;
    int height = 3 * card.input().height() / 2;
    List<Finding> findings = new ArrayList<>();
    try (InputBatch batch = model.newBatch()) {
      model.preprocess(GeneratedPicture.rgb(width, height), width, height, batch, 0);
      int[] image = {0, 0};
      int[] ranks = {-1, -Math.min(2, card.classes())};
      BatchExplanation answer =
          model.explain(batch, 1, image, ranks, GRADCAM, List.of(layer.name()));
      float[] logits = answer.logits(0);
      findings.add(new Finding("logits that are not finite", notFinite(logits), 0));
      findings.add(
          new Finding(
              "rank -1 is not the greatest logit", argmax(logits) == answer.target(0) ? 0 : 1, 0));
      LayerGradients parts = model.gradients(batch, 1, image, ranks, layer.name());
      findings.add(
          new Finding(
              String.format(
                  Locale.ROOT,
                  "raw map of %s against pooled gradients recomputed in Java",
                  layer.name()),
              mapDifference(answer, parts, layer),
              MAP_TOLERANCE));
      if (card.head().isAveragePoolDense() && card.head().layer().equals(layer.name())) {
        findings.add(
            new Finding(
                "sum of the raw map against logit - bias",
                sumDifference(answer, card),
                SUM_TOLERANCE));
      }
    }
    return List.copyOf(findings);
  }

  private static double mapDifference(
      BatchExplanation answer, LayerGradients parts, ModelCard.Layer layer) {
    int cells = layer.height() * layer.width();
    double worst = 0;
    for (int pair = 0; pair < parts.pairs(); pair++) {
      int from = pair * cells * layer.channels();
      int to = from + cells * layer.channels();
      double[] expected =
          PooledGradients.map(
              java.util.Arrays.copyOfRange(parts.activations(), from, to),
              java.util.Arrays.copyOfRange(parts.gradients(), from, to),
              cells,
              layer.channels());
      float[] actual = answer.map(pair, layer.name());
      double max = 0;
      double difference = 0;
      for (int cell = 0; cell < cells; cell++) {
        max = Math.max(max, Math.abs(expected[cell]));
        difference = Math.max(difference, Math.abs(expected[cell] - actual[cell]));
      }
      worst = Math.max(worst, max == 0 ? difference : difference / max);
    }
    return worst;
  }

  private static double sumDifference(BatchExplanation answer, ModelCard card) {
    double sum = 0;
    double largest = 0;
    for (float value : answer.map(0, card.head().layer())) {
      sum += value;
      largest = Math.max(largest, Math.abs(value));
    }
    double logit = answer.score(0);
    double bias = card.head().bias()[answer.target(0)];
    double scale = Math.max(largest, Math.max(Math.abs(logit), Math.abs(bias)));
    return Math.abs(sum - (logit - bias)) / scale;
  }

  private static int notFinite(float[] values) {
    int count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    return count;
  }

  private static int argmax(float[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      best = values[k] > values[best] ? k : best;
    }
    return best;
  }
}
