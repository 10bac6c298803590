package io.camaudit.job;

import io.camaudit.RunProgress;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Whoever looks on while blocks are done.
 *
 * @param progress told how far they are
 * @param isLost whether so many failures are too many, so that going on is of no use
 * @param notes told in a sentence of what people should know
 */
public record RunWatch(RunProgress progress, LongPredicate isLost, Consumer<String> notes) {
  /** Nobody. */
  public static RunWatch none() {
    return new RunWatch((done, total, failed, before, elapsed) -> {}, failed -> false, note -> {});
  }
}
