package io.camaudit.page;

import java.util.List;
import java.util.TreeSet;

/** The most suspicious of any number of images: counts all, keeps a few. */
final class Gallery {
  private final int capacity;
  private final TreeSet<Candidate> kept = new TreeSet<>(Candidate.ORDER);
  private long total;

  Gallery(int capacity) {
    this.capacity = capacity;
  }

  void offer(Candidate candidate) {
    total++;
    kept.add(candidate);
    if (kept.size() > capacity) {
      kept.pollLast();
    }
  }

  /** How many were offered. */
  long total() {
    return total;
  }

  int size() {
    return kept.size();
  }

  /** At most {@code limit} of the kept ones, most suspicious first. */
  List<Candidate> first(int limit) {
    return kept.stream().limit(limit).toList();
  }
}
