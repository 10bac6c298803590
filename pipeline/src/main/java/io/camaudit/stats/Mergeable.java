package io.camaudit.stats;

import java.io.IOException;
import java.io.OutputStream;

/** A sum that another of its kind can be added to, in any order. Equal sums write equal bytes. */
interface Mergeable<A> {
  /** Adds all that the other one has and leaves it as it is. */
  void merge(A other);

  void write(OutputStream out) throws IOException;
}
