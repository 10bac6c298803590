package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What two passes over reports remember of them. Likeness to a class's mean map can be said only
 * when the mean is known: the first pass sums up each class, the second compares each map with
 * these sums. Sums of parts, begun apart in a bundle or a file, merge into the sums of the whole;
 * which are merged with which makes no difference to a bit.
 */
final class Sums implements Mergeable<Sums> {
  private final ByClass<ClassAccumulator> first = ByClass.firstPass();
  private final ByClass<PlaceAccumulator> second = ByClass.secondPass();

  /** First pass: adds an image. */
  void add(ImageReport report) {
    KeyedSample.of(report).forEach(this::add);
  }

  /** Second pass: adds what an image is to the means of all images. */
  void compare(ImageReport report, ClassMeans means) {
    KeyedSample.of(report).forEach(sample -> compare(sample, means));
  }

  /** First pass: adds what an image is to one row. */
  void add(KeyedSample sample) {
    first.of(sample.key()).add(sample.sample());
  }

  /** Second pass: adds what an image is to the means of all images. */
  void compare(KeyedSample sample, ClassMeans means) {
    means
        .place(sample.key(), sample.sample())
        .ifPresent(placed -> second.of(sample.key()).add(placed));
  }

  ByClass<ClassAccumulator> first() {
    return first;
  }

  ByClass<PlaceAccumulator> second() {
    return second;
  }

  @Override
  public void merge(Sums other) {
    first.merge(other.first);
    second.merge(other.second);
  }

  @Override
  public void write(OutputStream out) throws IOException {
    first.write(out);
    second.write(out);
  }

  static Sums read(InputStream in) throws IOException {
    Sums sums = new Sums();
    sums.first.read(ClassAccumulator::read, in);
    sums.second.read(PlaceAccumulator::read, in);
    return sums;
  }
}
