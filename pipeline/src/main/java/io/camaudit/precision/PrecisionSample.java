package io.camaudit.precision;

import io.camaudit.LeastHashes;
import io.camaudit.report.ImageReport;
import java.util.Iterator;
import java.util.List;

/** The images of a run that are explained once more: a uniform sample ({@link LeastHashes}). */
final class PrecisionSample {
  private PrecisionSample() {}

  /**
   * Passes over all reports and keeps at most {@code size}, in the order of their hashes; images
   * without an explanation are left out.
   */
  static List<ImageReport> of(Iterator<ImageReport> reports, int size) {
    LeastHashes<ImageReport> kept = new LeastHashes<>(size);
    while (reports.hasNext()) {
      ImageReport report = reports.next();
      if (!report.status().isFailure()) {
        kept.add(report.image(), report);
      }
    }
    return kept.list();
  }
}
