package io.camaudit.stats;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * How often a property held under two conditions, such as two runs or two changes to the pictures,
 * over the same images.
 *
 * @param both under both
 * @param onlyBefore under the first alone
 * @param onlyAfter under the second alone
 * @param neither under none
 */
public record PairedCounts(long both, long onlyBefore, long onlyAfter, long neither) {
  public static final PairedCounts NONE = new PairedCounts(0, 0, 0, 0);

  /** The counts that a change was made from. */
  public static PairedCounts of(RateChange change) {
    long both = change.before().count() - change.lost();
    return new PairedCounts(
        both,
        change.lost(),
        change.gained(),
        change.before().of() - both - change.lost() - change.gained());
  }

  /** Of both counts' images together. */
  public PairedCounts plus(PairedCounts other) {
    return new PairedCounts(
        both + other.both,
        onlyBefore + other.onlyBefore,
        onlyAfter + other.onlyAfter,
        neither + other.neither);
  }

  /** With one more image. */
  public PairedCounts plus(boolean before, boolean after) {
    return new PairedCounts(
        both + (before && after ? 1 : 0),
        onlyBefore + (before && !after ? 1 : 0),
        onlyAfter + (!before && after ? 1 : 0),
        neither + (!before && !after ? 1 : 0));
  }

  /** Images that were seen under both conditions. */
  public long images() {
    return both + onlyBefore + onlyAfter + neither;
  }

  /** Null of no images. */
  public RateChange change() {
    if (images() == 0) {
      return null;
    }
    Rate before = Rate.of(both + onlyBefore, images());
    Rate after = Rate.of(both + onlyAfter, images());
    double difference = (double) (onlyAfter - onlyBefore) / images();
    double phi = phi();
    // Squares are at least 0 but for rounding.
    double down = Math.sqrt(Math.max(0, square(after, before, phi, after.low(), before.high())));
    double up = Math.sqrt(Math.max(0, square(after, before, phi, after.high(), before.low())));
    return new RateChange(
        before,
        after,
        onlyBefore,
        onlyAfter,
        difference,
        Math.max(-1, difference - down),
        Math.min(1, difference + up),
        RateChange.NEWCOMBE,
        mcNemar());
  }

  /**
   * {@code x² − 2 φ x y + y²} with x and y how far the ends of the two Wilson intervals lie from
   * their rates.
   */
  private static double square(Rate after, Rate before, double phi, double end, double otherEnd) {
    double x = Math.abs(after.value() - end);
    double y = Math.abs(before.value() - otherEnd);
    return x * x - 2 * phi * x * y + y * y;
  }

  /**
   * Correlation of the two properties as Newcombe's method 10 estimates it: (ad − bc) over the root
   * of the margins' product, with ad − bc lessened by n/2, but not below 0, where it is positive; 0
   * where a margin is empty.
   */
  private double phi() {
    double margins =
        Math.sqrt((double) (both + onlyBefore))
            * Math.sqrt((double) (onlyAfter + neither))
            * Math.sqrt((double) (both + onlyAfter))
            * Math.sqrt((double) (onlyBefore + neither));
    if (margins == 0) {
      return 0;
    }
    double determinant = (double) both * neither - (double) onlyBefore * onlyAfter;
    double corrected = determinant > 0 ? Math.max(0, determinant - images() / 2.0) : determinant;
    return corrected / margins;
  }

  /**
   * McNemar's exact test, two-sided: twice the chance of so few, were each discordant image equally
   * likely to fall on either side; 1 without any.
   */
  private double mcNemar() {
    int discordant = Math.toIntExact(onlyBefore + onlyAfter);
    if (discordant == 0) {
      return 1;
    }
    int fewer = Math.toIntExact(Math.min(onlyBefore, onlyAfter));
    // The generator is never used, hence null.
    return Math.min(
        1, 2 * new BinomialDistribution(null, discordant, 0.5).cumulativeProbability(fewer));
  }
}
