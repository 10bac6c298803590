package io.camaudit;

import java.util.List;
import java.util.stream.IntStream;

/** Lists cut into parts that go together. */
public final class Batches {
  private Batches() {}

  /** Parts of a list in its order, views of it; only the last may be smaller. */
  public static <T> List<List<T>> of(List<T> list, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batches of " + size);
    }
    return IntStream.iterate(0, from -> from < list.size(), from -> from + size)
        .mapToObj(from -> list.subList(from, Math.min(list.size(), from + size)))
        .toList();
  }
}
