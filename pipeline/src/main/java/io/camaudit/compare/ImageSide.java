package io.camaudit.compare;

import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Verdict;

/**
 * One run's part of an image's change.
 *
 * @param predicted null after a failure
 * @param confidence probability of the prediction; null after a failure
 * @param target of the first explanation; null after a failure
 * @param overlay of the first explanation, relative to the run's folder; null if none was written
 */
public record ImageSide(
    ImageStatus status,
    Verdict verdict,
    ClassRef predicted,
    Float confidence,
    ClassRef target,
    String overlay) {

  static ImageSide of(ImageReport report) {
    Explanation first = report.first();
    return new ImageSide(
        report.status(),
        report.verdict(),
        report.predicted(),
        report.predictions().isEmpty() ? null : (Float) report.predictions().get(0).probability(),
        first == null ? null : first.target(),
        first == null ? null : first.overlay());
  }
}
