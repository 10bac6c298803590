package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the time of decoders. Nothing can stop other people's code safely, so it runs on a thread
 * of its own, which is left behind, with the processor that it takes, when its time is over. What
 * counts is the time that it computes: a machine that is busy, or waiting for memory, takes nothing
 * of it, so that the same files end the same way there. Thread-safe.
 */
final class DecodeClock {
  private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

  /** Handing over to a thread that is there costs some hundredths of a millisecond. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "camaudit-decode");
            thread.setDaemon(true);
            return thread;
          });

  private static final long LONGEST_WAIT_MILLIS = 250;

  private final Duration limit;
  private final AtomicInteger left = new AtomicInteger();

  DecodeClock(Duration limit) {
    this.limit = limit;
  }

  /** A decoder's work on one file. */
  @FunctionalInterface
  interface Decoding<T> {
    T decode() throws ImageException;
  }

  /**
   * What a decoder makes of a file.
   *
   * @throws ImageException as the decoder does, and TOO_LARGE when its time is over
   */
  <T> T within(ImageFormat format, Decoding<T> decoding) throws ImageException {
    Decoder<T> decoder = new Decoder<>(decoding);
    THREADS.execute(decoder);
    long wait = Math.max(1, Math.min(limit.toMillis() / 4, LONGEST_WAIT_MILLIS));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return decoder.get(wait, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (decoder.nanos() > limit.toNanos() && decoder.leave()) {
            throw new ImageException(
                Reason.TOO_LARGE,
                String.format(
                    Locale.ROOT,
                    "the %s takes more than %s s to decode",
                    format.displayName(),
                    limit.toMillis() / 1000.0));
          }
        } catch (InterruptedException e) {
          interrupted = true; // whoever works on the batch asks for it at its end
        }
      }
    } catch (ExecutionException e) {
      throw cause(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether a decoder that was left behind may still use what it was given. */
  boolean hasLeft() {
    return left.get() > 0;
  }

  private static ImageException cause(ExecutionException e) {
    if (e.getCause() instanceof ImageException refusal) {
      return refusal;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) e.getCause();
  }

  private final class Decoder<T> extends FutureTask<T> {
    private volatile long thread = -1;
    private volatile long begun;

    Decoder(Decoding<T> decoding) {
      super(decoding::decode);
    }

    @Override
    public void run() {
      long here = Thread.currentThread().getId();
      begun = nanos(here);
      thread = here;
      try {
        super.run();
      } finally {
        thread = -1;
        if (isCancelled()) {
          left.decrementAndGet();
        }
      }
    }

    /** How long it has computed; 0 before it begins and after it has ended. */
    long nanos() {
      long at = thread;
      return at < 0 ? 0 : nanos(at) - begun;
    }

    private static long nanos(long thread) {
      return TIMES.isThreadCpuTimeSupported() && TIMES.isThreadCpuTimeEnabled()
          ? TIMES.getThreadCpuTime(thread)
          : System.nanoTime();
    }

    /** Returns false if it has just ended. */
    boolean leave() {
      left.incrementAndGet();
      if (cancel(true)) {
        return true;
      }
      left.decrementAndGet();
      return false;
    }
  }
}
