package io.camaudit.stats;

/**
 * Exact sums of a number under two conditions and of its differences, over the images that have it
 * under both. Mutable.
 */
public final class PairedNumbers {
  private final Moments before = new Moments();
  private final Moments after = new Moments();
  private final Moments difference = new Moments();

  /** Adds an image; one that lacks a number under a condition, NaN, is left out. */
  public void add(double from, double to) {
    if (!Double.isNaN(from) && !Double.isNaN(to)) {
      before.add(from);
      after.add(to);
      difference.add(to - from);
    }
  }

  /** Null of no images. */
  public MeanChange change() {
    return difference.count() == 0
        ? null
        : new MeanChange(before.mean(), after.mean(), Intervals.mean(difference));
  }
}
