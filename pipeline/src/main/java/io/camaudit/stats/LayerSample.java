package io.camaudit.stats;

import io.camaudit.report.Explanation;
import io.camaudit.report.ImageStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one layer's map adds to the curves over depth.
 *
 * @param numbers by {@link #CURVES}; NaN where absent, and all of them where the map is unusable
 */
record LayerSample(String layer, double[] numbers) {
  /** The numbers that have a curve. */
  static final List<Quantity> CURVES =
      List.of(Quantity.ENTROPY, Quantity.ENERGY_SHARE, Quantity.LIFT);

  /**
   * Of an image's first target at every layer; none where there is one layer only, whose numbers
   * are in the row already.
   */
  static List<LayerSample> of(List<Explanation> explanations) {
    if (explanations.isEmpty()) {
      return List.of();
    }
    Explanation first = explanations.get(0);
    List<LayerSample> samples = new ArrayList<>();
    for (Explanation each : explanations) {
      if (each.target().equals(first.target()) && Objects.equals(each.method(), first.method())) {
        samples.add(of(each));
      }
    }
    return samples.size() < 2 ? List.of() : List.copyOf(samples);
  }

  private static LayerSample of(Explanation explanation) {
    boolean usable = explanation.status() == ImageStatus.OK;
    double[] numbers = new double[CURVES.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          CURVES
              .get(i)
              .of(usable ? explanation.attention() : null, usable ? explanation.region() : null);
    }
    return new LayerSample(explanation.layer(), numbers);
  }

  void write(OutputStream out) throws IOException {
    Wire.writeText(layer, out);
    for (double number : numbers) {
      Wire.writeDouble(number, out);
    }
  }

  static LayerSample read(InputStream in) throws IOException {
    String layer = Wire.readText(in);
    double[] numbers = new double[CURVES.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Wire.readDouble(in);
    }
    return new LayerSample(layer, numbers);
  }
}
