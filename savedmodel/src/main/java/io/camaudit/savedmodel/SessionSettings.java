package io.camaudit.savedmodel;

import java.util.Locale;

/**
 * How a model is run.
 *
 * @param intraOpThreads threads that share the work inside one operation
 * @param concurrentCalls of the model at a time, each with memory for all that it computes; further
 *     callers wait. Also the size of TensorFlow's own pool, which is hardly used since calls run on
 *     the calling thread
 * @param batchSize images in every call; smaller batches are padded, so that an image's numbers
 *     never depend on its neighbours
 * @param precision what operations compute with
 */
public record SessionSettings(
    int intraOpThreads, int concurrentCalls, int batchSize, Precision precision) {
  public SessionSettings {
    if (intraOpThreads < 1 || concurrentCalls < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "threads and batch size must be at least 1, got %d, %d, %d",
              intraOpThreads,
              concurrentCalls,
              batchSize));
    }
  }

  /** In float32. */
  public SessionSettings(int intraOpThreads, int concurrentCalls, int batchSize) {
    this(intraOpThreads, concurrentCalls, batchSize, Precision.FLOAT32);
  }

  /** One thread a call, as many calls at a time as there are processors, batches of 16. */
  public static SessionSettings defaults() {
    return new SessionSettings(1, Runtime.getRuntime().availableProcessors(), 16);
  }

  SessionSettings withPrecision(Precision other) {
    return new SessionSettings(intraOpThreads, concurrentCalls, batchSize, other);
  }

  public SessionSettings withIntraOpThreads(int threads) {
    return new SessionSettings(threads, concurrentCalls, batchSize, precision);
  }
}
