package io.camaudit.precision;

import io.camaudit.report.ImageReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    MessageDigest sha256 = sha256();
    TreeMap<String, ImageReport> kept = new TreeMap<>();
    while (reports.hasNext()) {
      ImageReport report = reports.next();
      if (report.status().isFailure()) {
        continue;
      }
      byte[] name = report.image().getBytes(StandardCharsets.UTF_8);
      kept.put(HexFormat.of().formatHex(sha256.digest(name)), report);
      if (kept.size() > size) {
        kept.pollLastEntry();
      }
    }
    return List.copyOf(kept.values());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
