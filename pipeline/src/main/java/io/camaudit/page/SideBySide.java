package io.camaudit.page;

import io.camaudit.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Makes several parts of a page at a time, in the pool that the calling thread is one of: reading,
 * decoding and waiting for pictures is nearly all of a page's time.
 */
final class SideBySide {
  private SideBySide() {}

  /** Makes one part; may be null. */
  @FunctionalInterface
  interface Making<T> {
    T make(int number) throws IOException;
  }

  /**
   * Does something of which parts are made side by side, in a pool of its own. Parallel streams run
   * in the pool that starts them.
   *
   * @param threads for parts that are read and computed, or more for those that are waited for
   */
  static <T> T inPool(int threads, Callable<T> work) throws IOException {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(work).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof UncheckedIOException) {
        cause = cause.getCause();
      }
      if (cause instanceof UserException user) {
        throw user;
      }
      if (cause instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("the page could not be made", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the page was made", e);
    } finally {
      pool.shutdownNow();
    }
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
