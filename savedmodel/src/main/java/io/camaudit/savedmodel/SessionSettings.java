package io.camaudit.savedmodel;

import java.util.Locale;

/**
 * How a model is run.
 *
 * @param intraOpThreads threads that share the work inside one operation
 * @param interOpThreads size of TensorFlow's own pool; calls run on the calling thread, so it is
 *     hardly used
 * @param batchSize images in every call; smaller batches are padded, so that an image's numbers
 *     never depend on its neighbours
 * @param precision what operations compute with
 */
public record SessionSettings(
    int intraOpThreads, int interOpThreads, int batchSize, Precision precision) {
  public SessionSettings {
    if (intraOpThreads < 1 || interOpThreads < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "threads and batch size must be at least 1, got %d, %d, %d",
              intraOpThreads,
              interOpThreads,
              batchSize));
    }
  }

  /** In float32. */
  public SessionSettings(int intraOpThreads, int interOpThreads, int batchSize) {
    this(intraOpThreads, interOpThreads, batchSize, Precision.FLOAT32);
  }

  /** One thread a call, as many calls at a time as there are processors, batches of 16. */
  public static SessionSettings defaults() {
    return new SessionSettings(1, Runtime.getRuntime().availableProcessors(), 16);
  }

  SessionSettings withPrecision(Precision other) {
    return new SessionSettings(intraOpThreads, interOpThreads, batchSize, other);
  }

  public SessionSettings withIntraOpThreads(int threads) {
    return new SessionSettings(threads, interOpThreads, batchSize, precision);
  }
}
