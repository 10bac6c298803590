package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A sample and the row it belongs to. */
record KeyedSample(ClassKey key, Sample sample) {
  private static final SampleCoder SAMPLES = new SampleCoder();

  static KeyedSample of(ImageReport report) {
    return new KeyedSample(ClassKey.of(report), Sample.of(report));
  }

  void write(OutputStream out) throws IOException {
    key.write(out);
    SAMPLES.encode(sample, out);
  }

  static KeyedSample read(InputStream in) throws IOException {
    ClassKey key = ClassKey.read(in);
    return new KeyedSample(key, SAMPLES.decode(in));
  }
}
