package io.camaudit.stats;

import io.camaudit.report.Attention;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import java.util.Arrays;
import java.util.List;

/** Reports written down by hand. */
final class TestReports {
  static final Attention FLAT = new Attention(1, 0, 1, 0.5, 0.5, 0.4, 0.5, 1, 0.1, 1, 0.1, 0.1);

  private static final double[] NO_NUMBERS = new double[Quantity.ALL.size()];

  private static final double[] NO_PROPERTIES = new double[Property.ALL.size()];

  static {
    Arrays.fill(NO_NUMBERS, Double.NaN);
    Arrays.fill(NO_PROPERTIES, Double.NaN);
  }

  private TestReports() {}

  /** An image of class 0, rightly classified, with this map and no region. */
  static ImageReport map(String image, float[][] values) {
    return report(image, 0, 0, Verdict.NO_REGION, values, null);
  }

  static ImageReport report(
      String image, int label, int predicted, Verdict verdict, float[][] values, RegionFit region) {
    return report(
        image,
        SyntheticReports.classRef(label),
        predicted,
        label == predicted,
        verdict,
        values,
        region);
  }

  static ImageReport report(
      String image,
      ClassRef label,
      int predicted,
      Boolean correct,
      Verdict verdict,
      float[][] values,
      RegionFit region) {
    ClassRef answer = SyntheticReports.classRef(predicted);
    Explanation explanation =
        new Explanation(
            "gradcam",
            "conv",
            answer,
            TargetReason.PREDICTED,
            1f,
            ImageStatus.OK,
            new RawMap(values.length, values[0].length, 0f, 1f, values),
            null,
            FLAT,
            region);
    return new ImageReport(
        ImageReport.SCHEMA,
        image,
        ImageStatus.OK,
        null,
        null,
        label,
        List.of(new Prediction(predicted, answer.id(), answer.name(), 1f, 0.5f)),
        correct,
        List.of(explanation),
        verdict);
  }

  /** A rightly classified image with a verdict and no map at all. */
  static Sample bare(int label, boolean lookedRight) {
    return new Sample(
        ModelKind.SINGLE_LABEL,
        Part.WHOLE,
        "image",
        ImageStatus.OK,
        lookedRight ? Verdict.RIGHT_FOR_RIGHT_REASONS : Verdict.RIGHT_FOR_WRONG_REASONS,
        true,
        SyntheticReports.classRef(label),
        Double.NaN,
        null,
        NO_NUMBERS,
        NO_PROPERTIES,
        null,
        null,
        List.of());
  }

  /** The same report, had nobody drawn regions. */
  static ImageReport withoutRegion(ImageReport report) {
    return new ImageReport(
        report.schema(),
        report.image(),
        report.status(),
        report.reason(),
        report.file(),
        report.label(),
        report.predictions(),
        report.correct(),
        report.explanations().stream().map(TestReports::withoutRegion).toList(),
        report.verdict() == null || report.verdict() == Verdict.EMPTY_MAP
            ? report.verdict()
            : Verdict.NO_REGION);
  }

  private static Explanation withoutRegion(Explanation from) {
    return new Explanation(
        from.method(),
        from.layer(),
        from.target(),
        from.why(),
        from.score(),
        from.status(),
        from.map(),
        from.overlay(),
        from.attention(),
        null);
  }
}
