package io.camaudit.explain;

/** What is counted and timed over a batch; for the one thread that explains it. */
final class BatchTally {
  private final long start = System.nanoTime();
  private long imageBytes;
  private long modelNanos;
  private int regionMisfits;
  private int regionsUnreadable;
  private boolean misfitTold;
  private boolean unreadableTold;

  void read(int bytes) {
    imageBytes += bytes;
  }

  void inModelSince(long nanoTime) {
    modelNanos += System.nanoTime() - nanoTime;
  }

  void regionMisfit() {
    regionMisfits++;
  }

  void regionUnreadable() {
    regionsUnreadable++;
  }

  /**
   * Counts what was odd about one image's regions in its batch, once however many classes ask for
   * them.
   */
  void tellOnce(BatchTally batch) {
    if (regionMisfits > 0 && !misfitTold) {
      misfitTold = true;
      batch.regionMisfit();
    }
    if (regionsUnreadable > 0 && !unreadableTold) {
      unreadableTold = true;
      batch.regionUnreadable();
    }
  }

  long imageBytes() {
    return imageBytes;
  }

  long modelNanos() {
    return modelNanos;
  }

  long totalNanos() {
    return System.nanoTime() - start;
  }

  int regionMisfits() {
    return regionMisfits;
  }

  int regionsUnreadable() {
    return regionsUnreadable;
  }
}
