package io.camaudit.job;

import io.camaudit.explain.ImageExplainer;
import io.camaudit.report.ImageReport;
import java.util.Map;
import java.util.TreeMap;

/** What the batches of a block come to: counts, and the lines of all reports and of failures. */
final class BlockTally {
  private final Map<String, Long> counts = new TreeMap<>();
  private final BlockFiles.Lines records = new BlockFiles.Lines();
  private final BlockFiles.Lines failures = new BlockFiles.Lines();

  void add(ImageExplainer.Result batch) {
    for (int i = 0; i < batch.reports().size(); i++) {
      ImageReport report = batch.reports().get(i);
      records.add(batch.lines().get(i));
      if (report.status().isFailure()) {
        failures.add(batch.lines().get(i));
      }
    }
    counts(batch).forEach((name, count) -> counts.merge(name, count, Long::sum));
  }

  /**
   * What a batch counts, by the names of {@link RunMetrics}: what follows from its images alone,
   * and so is the same whenever and wherever they are explained.
   */
  static Map<String, Long> counts(ImageExplainer.Result batch) {
    Map<String, Long> counts = new TreeMap<>();
    for (ImageReport report : batch.reports()) {
      RunMetrics.of(report).forEach(name -> counts.merge(name, 1L, Long::sum));
    }
    counts.put(RunMetrics.REGION_MISFITS, (long) batch.regionMisfits());
    counts.put(RunMetrics.REGIONS_UNREADABLE, (long) batch.regionsUnreadable());
    return counts;
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
}
