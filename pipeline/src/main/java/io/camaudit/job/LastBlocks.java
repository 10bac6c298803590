package io.camaudit.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a worker of this process that has no block left sleep until the others have done theirs. The
 * direct runner would have its thread look for work without a pause, and so take a processor from
 * the last blocks.
 *
 * <p>Known to the workers by the run's output. Where nobody has made one, as on a cluster, workers
 * go on at once.
 */
final class LastBlocks implements AutoCloseable {
  private static final Map<String, LastBlocks> OPEN = new ConcurrentHashMap<>();

  private final String output;
  private int left;
  private int underWay;
  private boolean over;

  private LastBlocks(String output, int blocks) {
    this.output = output;
    this.left = blocks;
  }

  /**
   * @param output of the run, as the workers have it
   * @param blocks how many are to be done
   */
  static LastBlocks of(String output, int blocks) {
    LastBlocks last = new LastBlocks(output, blocks);
    OPEN.put(output, last);
    return last;
  }

  /** Work on a block. */
  @FunctionalInterface
  interface Work<E extends Exception> {
    void run() throws E;
  }

  /** Does a block; returns when the others are done, too, if it was the last that was left. */
  static <E extends Exception> void work(String output, Work<E> block) throws E {
    LastBlocks last = OPEN.get(output);
    if (last == null) {
      block.run();
      return;
    }
    last.begin();
    try {
      block.run();
    } finally {
      last.end();
    }
    last.awaitOthers();
  }

  private synchronized void begin() {
    left--;
    underWay++;
  }

  private synchronized void end() {
    underWay--;
    notifyAll();
  }

  private synchronized void awaitOthers() {
    try {
      while (!over && left == 0 && underWay > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets everybody go, such as when one has failed. */
  @Override
  public void close() {
    OPEN.remove(output, this);
    synchronized (this) {
      over = true;
      notifyAll();
    }
  }
}
