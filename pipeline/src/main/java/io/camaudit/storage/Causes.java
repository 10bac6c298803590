package io.camaudit.storage;

import java.util.Objects;
import java.util.stream.Stream;

/** What an exception wraps: clients of storage hide in it what happened. */
final class Causes {
  /** Chains that lead back to themselves have an end too. */
  private static final int MOST = 20;

  private Causes() {}

  /** An exception and what it wraps, from the outermost to the innermost. */
  static Stream<Throwable> of(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(MOST);
  }
}
