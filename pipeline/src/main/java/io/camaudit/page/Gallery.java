package io.camaudit.page;

import io.camaudit.First;
import java.util.List;

/** The most suspicious of any number of images: counts all, keeps a few. */
final class Gallery {
  private final First<Candidate> kept;

  Gallery(int capacity) {
    this.kept = new First<>(capacity, Candidate.ORDER);
  }

  void offer(Candidate candidate) {
    kept.offer(candidate);
  }

  /** How many were offered. */
  long total() {
    return kept.offered();
  }

  int size() {
    return kept.size();
  }

  /** At most {@code limit} of the kept ones, most suspicious first. */
  List<Candidate> first(int limit) {
    return kept.list().stream().limit(limit).toList();
  }
}
