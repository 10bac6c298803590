package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** A count for every constant of an enum. Mutable. */
final class Counts<E extends Enum<E>> {
  private final Class<E> type;
  private final long[] counts;

  Counts(Class<E> type) {
    this.type = type;
    counts = new long[type.getEnumConstants().length];
  }

  void add(E value) {
    counts[value.ordinal()]++;
  }

  void merge(Counts<E> other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  long of(E value) {
    return counts[value.ordinal()];
  }

  /** All constants in declaration order, zeros included. */
  Map<E, Long> map() {
    Map<E, Long> map = new EnumMap<>(type);
    for (E value : type.getEnumConstants()) {
      map.put(value, of(value));
    }
    return Collections.unmodifiableMap(map);
  }

  void write(OutputStream out) throws IOException {
    for (long count : counts) {
      Wire.writeCount(count, out);
    }
  }

  void read(InputStream in) throws IOException {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Wire.readCount(in);
    }
  }
}
