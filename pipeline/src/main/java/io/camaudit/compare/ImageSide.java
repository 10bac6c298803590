package io.camaudit.compare;

import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Verdict;

/**
 * One run's part of an image's change.
 *
 * @param predicted null after a failure, and for a label that a multi-label model does not predict
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

  static ImageSide of(ClassView view) {
    ImageReport report = view.report();
    ClassOutcome outcome = view.outcome();
    Explanation first = report.first();
    if (outcome != null) {
      return new ImageSide(
          report.status(),
          report.verdict(),
          Boolean.TRUE.equals(outcome.predicted()) ? outcome.classRef() : null,
          outcome.probability(),
          first == null ? null : first.target(),
          first == null ? null : first.overlay());
    }
    return new ImageSide(
        report.status(),
        report.verdict(),
        report.predicted(),
        report.predictions().isEmpty() ? null : (Float) report.predictions().get(0).probability(),
        first == null ? null : first.target(),
        first == null ? null : first.overlay());
  }
}
