package io.camaudit.image;

import java.util.concurrent.Semaphore;

/**
 * Memory that all pictures being decoded may take together. A picture waits until its share is
 * free, so that any number of threads decode pictures of any size in a heap that would not hold one
 * for each thread; one that wants more than there is has all of it, alone. Thread-safe.
 *
 * <p>Nobody waits while holding a share, so nobody waits for ever.
 */
public final class DecodeBudget {
  /** One for the process, as its heap is. */
  static final DecodeBudget OF_THE_HEAP =
      new DecodeBudget((long) (0.6 * Runtime.getRuntime().maxMemory()));

  /** Semaphores count in ints. */
  private static final int UNIT = 1024;

  private final int total;
  private final Semaphore free;

  /**
   * @param bytes that all pictures may take together
   */
  public DecodeBudget(long bytes) {
    total = (int) Math.max(1, Math.min(bytes / UNIT, Integer.MAX_VALUE));
    // First come, first served: else a large picture would wait for as long as small ones come.
    free = new Semaphore(total, true);
  }

  /**
   * What one picture takes, from the time its size is known until it is closed, which may be done
   * while a decoder that was left behind goes on.
   */
  public final class Share implements AutoCloseable {
    private int units;
    private boolean closed;

    /**
     * Waits for memory; a picture whose size was stated already has its share.
     *
     * @param bytes as much as it will take at most
     */
    public void take(long bytes) {
      if (hasNone()) {
        int wanted = (int) Math.max(1, Math.min(bytes / UNIT, total));
        free.acquireUninterruptibly(wanted);
        keep(wanted);
      }
    }

    private synchronized boolean hasNone() {
      return units == 0;
    }

    private synchronized void keep(int taken) {
      if (closed) {
        free.release(taken);
        throw new IllegalStateException("nobody waits for the picture any more");
      }
      units = taken;
    }

    @Override
    public synchronized void close() {
      free.release(units);
      units = 0;
      closed = true;
    }
  }

  /** A share that nothing was taken of yet. */
  public Share open() {
    return new Share();
  }
}
