package io.camaudit.precision;

import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import java.util.List;

/**
 * How two explanations of one image agree, the second in float32. Maps are compared where both
 * reports explain the class and layer that the float32 report explains first, which its verdict
 * goes by.
 *
 * @param samePrediction whether the first predictions name the same class; none is like none
 * @param sameVerdict null if neither has a verdict
 * @param samePeak whether the greatest cells of the maps are the same one; a map with nothing
 *     positive has none, and is like another such; null without maps to compare or if neither has
 *     something positive
 * @param mapDifference {@code max|a − b| / max|b|} over the cells, b in float32; at least 0; 0 if
 *     both are all zero, 1 if only b is; null without maps to compare
 */
record PairAgreement(
    boolean samePrediction, Boolean sameVerdict, Boolean samePeak, Double mapDifference) {

  static PairAgreement of(ImageReport report, ImageReport reference) {
    Boolean verdict =
        report.verdict() == null && reference.verdict() == null
            ? null
            : Boolean.valueOf(report.verdict() == reference.verdict());
    boolean prediction = predicted(report) == predicted(reference);
    Explanation b = reference.first();
    Explanation a = b == null ? null : same(report, b);
    return a == null || a.map().values() == null || b.map().values() == null
        ? new PairAgreement(prediction, verdict, null, null)
        : new PairAgreement(
            prediction, verdict, samePeak(a, b), difference(a.map().values(), b.map().values()));
  }

  /** Both runs are of one model, so the index names the class; −1 if there is none. */
  private static int predicted(ImageReport report) {
    List<Prediction> predictions = report.predictions();
    return predictions.isEmpty() ? -1 : predictions.get(0).index();
  }

  private static Explanation same(ImageReport report, Explanation wanted) {
    return report.explanations().stream()
        .filter(found -> found.method().equals(wanted.method()))
        .filter(found -> found.layer().equals(wanted.layer()))
        .filter(found -> found.target().isSameAs(wanted.target()))
        .findFirst()
        .orElse(null);
  }

  private static Boolean samePeak(Explanation a, Explanation b) {
    boolean positive = a.status() == ImageStatus.OK;
    boolean referencePositive = b.status() == ImageStatus.OK;
    if (!positive && !referencePositive) {
      return null;
    }
    return positive
        && referencePositive
        && a.attention().peakX() == b.attention().peakX()
        && a.attention().peakY() == b.attention().peakY();
  }

  static double difference(float[][] map, float[][] reference) {
    double difference = 0;
    double magnitude = 0;
    for (int row = 0; row < reference.length; row++) {
      for (int column = 0; column < reference[row].length; column++) {
        double cell = reference[row][column];
        difference = Math.max(difference, Math.abs(map[row][column] - cell));
        magnitude = Math.max(magnitude, Math.abs(cell));
      }
    }
    if (magnitude == 0) {
      return difference == 0 ? 0 : 1;
    }
    return difference / magnitude;
  }
}
