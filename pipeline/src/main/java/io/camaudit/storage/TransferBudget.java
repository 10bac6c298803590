package io.camaudit.storage;

/**
 * How many bytes may be on their way between a worker and storage: read and not yet decoded, or
 * encoded and not yet written. Bounded by bytes, since one file may weigh a thousand others.
 */
public final class TransferBudget {
  /** The heap's share that all workers may have on their way, in each direction. */
  private static final int SHARE = 16;

  private TransferBudget() {}

  /**
   * What one thread of {@code workers} may have on its way in one direction: a sixteenth of the
   * heap over all of them, and twice that where each worker has two threads since they wait for
   * storage.
   */
  public static long bytes(int workers) {
    return Runtime.getRuntime().maxMemory() / SHARE / Math.max(1, workers);
  }
}
