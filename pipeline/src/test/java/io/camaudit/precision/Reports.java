package io.camaudit.precision;

import io.camaudit.report.Attention;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import java.util.List;

/** Reports with nothing in them but what is compared. */
final class Reports {
  private Reports() {}

  static ClassRef classRef(int index) {
    return new ClassRef(index, "n%08d".formatted(index), "class " + index);
  }

  /** An image whose predicted class is explained by a map with its peak in a column. */
  static ImageReport of(
      String image, int predicted, Verdict verdict, int peakColumn, float[]... map) {
    return of(image, predicted, verdict, List.of(explanation(predicted, peakColumn, map)));
  }

  static ImageReport of(
      String image, int predicted, Verdict verdict, List<Explanation> explanations) {
    ClassRef named = classRef(predicted);
    return new ImageReport(
        ImageReport.SCHEMA,
        image,
        explanations.get(0).status(),
        null,
        null,
        null,
        List.of(new Prediction(predicted, named.id(), named.name(), 1f, 0.5f)),
        null,
        explanations,
        verdict);
  }

  /** A negative column: a map with nothing positive. */
  static Explanation explanation(int target, int peakColumn, float[]... map) {
    boolean positive = peakColumn >= 0;
    return new Explanation(
        "gradcam",
        "conv",
        classRef(target),
        TargetReason.PREDICTED,
        1f,
        positive ? ImageStatus.OK : ImageStatus.EMPTY_MAP,
        new RawMap(map.length, map[0].length, 0f, 1f, map),
        null,
        positive ? new Attention(1, 0, 1, 0.5, 0.5, 0.4, 0.5, 1, 0.1, 1, peakColumn, 0.5) : null,
        null);
  }

  static ImageReport failure(String image) {
    return ImageReport.failure(image, ImageStatus.CORRUPT, "broken", null, null);
  }
}
