package io.camaudit;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The first so many of a total order, whatever the order they come in, so that the first of a union
 * are those of the parts' firsts; and how many came. Mutable.
 */
public final class First<T> {
  private final int limit;
  private final Comparator<? super T> order;
  private final TreeSet<T> kept;
  private long offered;

  /**
   * @param limit so many are kept
   * @param order total: of two that it calls equal one is kept
   */
  public First(int limit, Comparator<? super T> order) {
    this.limit = limit;
    this.order = order;
    this.kept = new TreeSet<>(order);
  }

  /** Whether a value would be kept. */
  public boolean wants(T value) {
    return kept.size() < limit || limit > 0 && order.compare(value, kept.last()) < 0;
  }

  /** Takes a value in if it is among the first so far. */
  public void offer(T value) {
    offered++;
    if (wants(value) && kept.add(value) && kept.size() > limit) {
      kept.pollLast();
    }
  }

  /** How many were offered. */
  public long offered() {
    return offered;
  }

  /** How many are kept. */
  public int size() {
    return kept.size();
  }

  /** The kept ones, in their order. */
  public List<T> list() {
    return List.copyOf(kept);
  }
}
