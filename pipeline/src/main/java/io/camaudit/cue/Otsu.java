package io.camaudit.cue;

/**
 * Parts values into low and high ones where the variance between the two is greatest (Otsu 1979,
 * doi:10.1109/TSMC.1979.4310076), among {@value #LEVELS} equal steps from 0 to the greatest.
 */
final class Otsu {
  static final int LEVELS = 256;

  private final double greatest;
  private final int threshold;

  private Otsu(double greatest, int threshold) {
    this.greatest = greatest;
    this.threshold = threshold;
  }

  /**
   * @param values at least 0, one of them above
   */
  static Otsu of(double[] values) {
    double greatest = 0;
    for (double value : values) {
      greatest = Math.max(greatest, value);
    }
    long[] counts = new long[LEVELS];
    for (double value : values) {
      counts[level(value, greatest)]++;
    }
    return new Otsu(greatest, threshold(counts, values.length));
  }

  private static int level(double value, double greatest) {
    return (int) Math.round((LEVELS - 1) * (value / greatest));
  }

  /** The last low level; of several that are as good the first. */
  private static int threshold(long[] counts, long values) {
    long all = 0;
    for (int level = 0; level < LEVELS; level++) {
      all += level * counts[level];
    }
    int best = 0;
    double most = -1;
    long low = 0;
    long lowSum = 0;
    for (int level = 0; level < LEVELS - 1; level++) {
      low += counts[level];
      lowSum += level * counts[level];
      if (low > 0 && low < values) {
        double apart = (double) lowSum / low - (double) (all - lowSum) / (values - low);
        double between = (double) low * (values - low) * apart * apart;
        if (between > most) {
          most = between;
          best = level;
        }
      }
    }
    return best;
  }

  boolean isHigh(double value) {
    return level(value, greatest) > threshold;
  }
}
