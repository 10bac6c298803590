package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A sum for every class that occurred. Mutable. */
final class ByClass<A extends Mergeable<A>> implements Mergeable<ByClass<A>> {
  private final Supplier<A> fresh;
  private final SortedMap<ClassKey, A> sums = new TreeMap<>();

  private ByClass(Supplier<A> fresh) {
    this.fresh = fresh;
  }

  static ByClass<ClassAccumulator> firstPass() {
    return new ByClass<>(ClassAccumulator::new);
  }

  static ByClass<PlaceAccumulator> secondPass() {
    return new ByClass<>(PlaceAccumulator::new);
  }

  /** The class's sum, for adding to it. */
  A of(ClassKey key) {
    return sums.computeIfAbsent(key, k -> fresh.get());
  }

  /** In the order of the classes, for reading. */
  SortedMap<ClassKey, A> map() {
    return Collections.unmodifiableSortedMap(sums);
  }

  @Override
  public void merge(ByClass<A> other) {
    other.sums.forEach((key, sum) -> of(key).merge(sum));
  }

  @Override
  public void write(OutputStream out) throws IOException {
    Wire.writeCount(sums.size(), out);
    for (var entry : sums.entrySet()) {
      entry.getKey().write(out);
      entry.getValue().write(out);
    }
  }

  /** Adds what was written. */
  void read(StateCoder.Reader<A> reader, InputStream in) throws IOException {
    for (long left = Wire.readCount(in); left > 0; left--) {
      ClassKey key = ClassKey.read(in);
      of(key).merge(reader.read(in));
    }
  }
}
