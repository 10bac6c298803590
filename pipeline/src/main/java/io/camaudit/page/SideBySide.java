package io.camaudit.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes several parts of a page at a time, in the pool that the calling thread is one of: reading
 * and decoding pictures is nearly all of a page's time.
 */
final class SideBySide {
  private SideBySide() {}

  /** Makes one part; may be null. */
  @FunctionalInterface
  interface Making<T> {
    T make(int number) throws IOException;
  }

  /** As many parts as {@code count}, in the order of their numbers, which begin at 0. */
  static <T> List<T> make(int count, Making<T> making) throws IOException {
    try {
      return IntStream.range(0, count)
          .parallel()
          .mapToObj(
              number -> {
                try {
                  return making.make(number);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
