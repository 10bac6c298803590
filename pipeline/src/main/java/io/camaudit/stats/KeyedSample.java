package io.camaudit.stats;

import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A sample and the row it belongs to. */
record KeyedSample(ClassKey key, Sample sample) {
  private static final SampleCoder SAMPLES = new SampleCoder();

  /**
   * What an image adds to which rows: to one, or of a multi-label model to the row of each class
   * that is predicted or a label, and to the dataset's as one image.
   */
  static List<KeyedSample> of(ImageReport report) {
    List<KeyedSample> samples = new ArrayList<>();
    if (report.classes() != null) {
      samples.add(new KeyedSample(ClassKey.IMAGES, Sample.ofImage(report)));
    }
    for (ClassView view : ClassView.of(report)) {
      samples.add(new KeyedSample(ClassKey.of(view), Sample.of(view)));
    }
    return samples;
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
