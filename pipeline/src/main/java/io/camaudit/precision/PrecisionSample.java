package io.camaudit.precision;

import io.camaudit.Sha256;
import io.camaudit.report.ImageReport;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * A uniform sample of a run's explained images: those whose names have the least SHA-256. The hash
 * has nothing to do with what a picture shows, so every image is as likely as any other; and it is
 * the same sample whatever the order, and for every run over the same images.
 */
final class PrecisionSample {
  private PrecisionSample() {}

  /**
   * Passes over all reports and keeps at most {@code size}, in the order of their hashes; images
   * without an explanation are left out.
   */
  static List<ImageReport> of(Iterator<ImageReport> reports, int size) {
    TreeMap<String, ImageReport> kept = new TreeMap<>();
    while (reports.hasNext()) {
      ImageReport report = reports.next();
      if (report.status().isFailure()) {
        continue;
      }
      kept.put(Sha256.hex(report.image()), report);
      if (kept.size() > size) {
        kept.pollLastEntry();
      }
    }
    return List.copyOf(kept.values());
  }
}
