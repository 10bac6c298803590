package io.camaudit.strategy;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.stats.Quantity;

/**
 * What is counted of an image.
 *
 * @param name as in its report
 * @param predicted of a multi-label model the class itself, if it is predicted; null otherwise
 * @param correct null without a label that the model knows
 * @param lookedRight null without a verdict that judges
 * @param borderLift of the first explanation's map; NaN if it is not usable
 * @param lift of heat in the region; NaN without one
 */
record ImageFacts(
    String name,
    ClassRef predicted,
    Boolean correct,
    Boolean lookedRight,
    double borderLift,
    double lift) {
  static ImageFacts of(ClassView view) {
    ImageReport report = view.report();
    Explanation first = report.first();
    boolean usable = first != null && first.status() == ImageStatus.OK;
    ClassRef predicted =
        view.outcome() == null
            ? report.predicted()
            : Boolean.TRUE.equals(view.outcome().predicted()) ? view.classRef() : null;
    return new ImageFacts(
        report.image(),
        predicted,
        report.correct(),
        report.verdict() == null ? null : report.verdict().lookedRight(),
        Quantity.BORDER_LIFT.of(usable ? first.attention() : null, null),
        Quantity.LIFT.of(null, usable ? first.region() : null));
  }
}
