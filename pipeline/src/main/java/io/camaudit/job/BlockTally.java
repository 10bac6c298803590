package io.camaudit.job;

import io.camaudit.explain.ImageExplainer;
import io.camaudit.report.ImageReport;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/** What the batches of a block come to: counts, and the lines of all reports and of failures. */
final class BlockTally {
  private final Map<String, Long> counts = new TreeMap<>();
  private final Lines records = new Lines();
  private final Lines failures = new Lines();

  void add(ImageExplainer.Result batch) {
    for (int i = 0; i < batch.reports().size(); i++) {
      ImageReport report = batch.reports().get(i);
      records.add(batch.lines().get(i));
      if (report.status().isFailure()) {
        failures.add(batch.lines().get(i));
      }
    }
    RunMetrics.counts(batch).forEach((name, count) -> counts.merge(name, count, Long::sum));
  }

  Map<String, Long> counts() {
    return counts;
  }

  byte[] records() {
    return records.bytes();
  }

  byte[] failures() {
    return failures.bytes();
  }

  /** Lines, each ended by a line feed. */
  private static final class Lines {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    void add(byte[] line) {
      text.writeBytes(line);
      text.write('\n');
    }

    byte[] bytes() {
      return text.toByteArray();
    }
  }
}
