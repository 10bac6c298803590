package io.camaudit.input;

import java.io.Serializable;

/**
 * A run of consecutive images of a listing: the unit of work, of durability and of resuming. Holds
 * no names, only where in the listing's file they stand.
 *
 * @param number from 0, in the listing's order
 * @param firstPosition position of its first image in the listing
 * @param images how many, at least 1
 * @param offset of its first byte in the listing's file
 * @param bytes its length there
 */
public record ImageBlock(int number, long firstPosition, int images, long offset, int bytes)
    implements Serializable {
  /** Most images of a block, which is all that a worker loses when it dies. */
  public static final int MAX_IMAGES = 1024;

  /** So many blocks at least, where there are images enough, so that the last leave none idle. */
  private static final int BLOCKS = 256;

  /**
   * Images in each block but the last: a 256th of all, in whole batches, and between one batch and
   * {@link #MAX_IMAGES}. Follows from the listing and the batch alone, so that a run's files are
   * the same for any parallelism and runner.
   *
   * @param total images in the listing
   * @param batch images in one call of the model, at most {@link #MAX_IMAGES}
   */
  public static int length(long total, int batch) {
    long batches = (total + (long) BLOCKS * batch - 1) / ((long) BLOCKS * batch);
    return (int) Math.min(Math.max(1, batches), MAX_IMAGES / batch) * batch;
  }
}
