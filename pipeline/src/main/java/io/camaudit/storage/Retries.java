package io.camaudit.storage;

import io.camaudit.UserException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.BackOffUtils;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does again what failed for a reason that passes: a time-out, a lost connection, a server that is
 * busy or has an error. Waits longer each time, by a random amount, so that many workers do not
 * come back at once. Safe for any number of threads.
 */
public final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  /** About 0.2, 0.4, … 6.4 seconds; {@link FluentBackoff} adds the jitter. */
  private static final FluentBackoff BACKOFF =
      FluentBackoff.DEFAULT
          .withInitialBackoff(Duration.millis(200))
          .withExponent(2)
          .withMaxBackoff(Duration.standardSeconds(10))
          .withMaxRetries(6);

  /** What passes within a second or two is counted and not told. */
  private static final int TOLD_AFTER = 4;

  private static final long TOLD_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final AtomicLong COUNT = new AtomicLong();
  private static final AtomicLong TOLD = new AtomicLong();

  private Retries() {}

  /** Something that asks storage. */
  @FunctionalInterface
  interface Request<T> {
    T send() throws IOException;
  }

  /**
   * How often this process tried again since it was last asked. Whoever asks adds it to a count;
   * requests are made by threads that have no runner's metrics, so they cannot count themselves.
   */
  public static long take() {
    return COUNT.getAndSet(0);
  }

  /**
   * The request's answer.
   *
   * @throws FileNotFoundException if there is no such file, whatever the vendor calls that
   * @throws IOException if the reason lasts; vendors' unchecked exceptions come as its cause
   */
  static <T> T run(Request<T> request) throws IOException {
    return run(request, BACKOFF.backoff(), Sleeper.DEFAULT);
  }

  static <T> T run(Request<T> request, BackOff backoff, Sleeper sleeper) throws IOException {
    for (int tried = 1; ; tried++) {
      Exception failure;
      try {
        return request.send();
      } catch (UserException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
      if (Storage.isMissing(failure)) {
        FileNotFoundException missing = new FileNotFoundException("there is no such file");
        missing.initCause(failure);
        throw missing;
      }
      if (!isTransient(failure) || !await(backoff, sleeper)) {
        throw failure instanceof IOException e
            ? e
            : new IOException(StorageReason.of(failure), failure);
      }
      COUNT.incrementAndGet();
      LOG.info("trying again: {}", StorageReason.of(failure));
      if (tried == TOLD_AFTER && isTimeToTell()) {
        LOG.warn("storage: {}; trying again for a while", StorageReason.of(failure));
      }
    }
  }

  /** Whether the last word about it, of whichever request, is a while ago. */
  private static boolean isTimeToTell() {
    long now = System.nanoTime();
    long last = TOLD.get();
    return (last == 0 || now - last > TOLD_EVERY_NANOS) && TOLD.compareAndSet(last, now);
  }

  private static boolean await(BackOff backoff, Sleeper sleeper) throws IOException {
    try {
      return BackOffUtils.next(sleeper, backoff);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while storage was waited for");
    }
  }

  static boolean isTransient(Throwable thrown) {
    // A name that is wrong stays wrong.
    return Causes.of(thrown).noneMatch(Retries::isWrongName)
        && Causes.of(thrown)
            .anyMatch(cause -> isLostConnection(cause) || Storage.isTransient(cause));
  }

  private static boolean isWrongName(Throwable cause) {
    return cause instanceof FileNotFoundException || cause instanceof UnknownHostException;
  }

  private static boolean isLostConnection(Throwable cause) {
    return cause instanceof SocketTimeoutException
        || cause instanceof ConnectException
        || (cause instanceof SocketException && !(cause instanceof NoRouteToHostException))
        || cause instanceof TimeoutException
        || cause instanceof EOFException;
  }
}
