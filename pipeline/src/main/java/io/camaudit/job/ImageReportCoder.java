package io.camaudit.job;

import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;

/** Carries reports between workers in their JSON form, which is deterministic. */
public final class ImageReportCoder extends CustomCoder<ImageReport> {
  private static final long serialVersionUID = 1;
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  public static ImageReportCoder of() {
    return new ImageReportCoder();
  }

  @Override
  public void encode(ImageReport report, OutputStream out) throws IOException {
    BYTES.encode(ReportJson.line(report), out);
  }

  @Override
  public ImageReport decode(InputStream in) throws IOException {
    return ReportJson.report(BYTES.decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  /** All are alike; the Flink runner joins only collections whose coders are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ImageReportCoder;
  }

  @Override
  public int hashCode() {
    return ImageReportCoder.class.hashCode();
  }
}
