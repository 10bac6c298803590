package io.camaudit.compare;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The first so many of a total order, whatever the order they come in; and how many came. */
final class First<T> {
  private final int limit;
  private final TreeSet<T> kept;
  private long offered;

  First(int limit, Comparator<T> order) {
    this.limit = limit;
    this.kept = new TreeSet<>(order);
  }

  void offer(T value) {
    offered++;
    kept.add(value);
    if (kept.size() > limit) {
      kept.pollLast();
    }
  }

  long offered() {
    return offered;
  }

  List<T> list() {
    return List.copyOf(kept);
  }
}
