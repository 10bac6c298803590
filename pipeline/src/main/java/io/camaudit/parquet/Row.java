package io.camaudit.parquet;

import io.camaudit.report.ClassOutcome;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One row of the table.
 *
 * @param report of the image; every explanation of the image repeats it
 * @param number position of the explanation in the report, from 0; null with the explanation
 * @param explanation null for an image without any
 */
record Row(ImageReport report, Integer number, Explanation explanation) {
  /** What a multi-label model said of the explained class; null for other models. */
  ClassOutcome outcome() {
    return report.classes() == null || explanation == null
        ? null
        : report.classes().stream()
            .filter(outcome -> outcome.classRef().equals(explanation.target()))
            .findFirst()
            .orElse(null);
  }

  /** A row for each explanation, or one row without an explanation: no image is left out. */
  static List<Row> of(ImageReport report) {
    List<Explanation> all = report.explanations();
    return all.isEmpty()
        ? List.of(new Row(report, null, null))
        : IntStream.range(0, all.size()).mapToObj(i -> new Row(report, i, all.get(i))).toList();
  }
}
