package io.camaudit.explain;

import io.camaudit.report.Prediction;
import io.camaudit.savedmodel.ClassLabel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From logits to named predictions. */
final class Softmax {
  private Softmax() {}

  /**
   * The {@code count} most likely classes, ties by ascending index. Probability of class c: {@code
   * exp(z_c − m) / Σ_k exp(z_k − m)} with m the greatest logit, in double precision, so that no
   * exponential overflows.
   *
   * @param logits [K], finite
   */
  static List<Prediction> top(float[] logits, int count, ClassIndex classes) {
    Scale scale = Scale.of(logits);
    boolean[] taken = new boolean[logits.length];
    List<Prediction> top = new ArrayList<>(count);
    while (top.size() < Math.min(count, logits.length)) {
      int best = -1;
      for (int k = 0; k < logits.length; k++) {
        if (!taken[k] && (best < 0 || logits[k] > logits[best])) {
          best = k;
        }
      }
      taken[best] = true;
      ClassLabel label = classes.label(best);
      float probability = (float) scale.probability(logits[best]);
      top.add(new Prediction(best, label.id(), label.name(), logits[best], probability));
    }
    return top;
  }

  /** The probability of one class, as above. */
  static double probability(float[] logits, int index) {
    return Scale.of(logits).probability(logits[index]);
  }

  /** {@code exp(v_i − max) / Σ_k exp(v_k − max)} of any numbers. */
  static double[] of(double[] values) {
    double max = Arrays.stream(values).max().orElse(0);
    double[] shares = Arrays.stream(values).map(value -> Math.exp(value - max)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  /** The greatest logit, and the sum of all exponentials relative to its own. */
  private record Scale(double max, double sum) {
    static Scale of(float[] logits) {
      double max = Double.NEGATIVE_INFINITY;
      for (float logit : logits) {
        max = Math.max(max, logit);
      }
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit - max);
      }
      return new Scale(max, sum);
    }

    double probability(float logit) {
      return Math.exp(logit - max) / sum;
    }
  }
}
