package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;

/**
 * Count, sum and sum of squares of numbers, exact in fixed point: a number enters as the nearest
 * multiple q of 2<sup>−32</sup>, and Σq and Σq² are 128-bit integers. Sums of integers do not
 * depend on order or grouping, and the variance (nΣq² − (Σq)²) / (n(n − 1)) has no cancellation to
 * fear.
 *
 * <p>Error of the mean and of the standard deviation: at most 2<sup>−33</sup> (1.2e-10), from the
 * quantisation. Magnitudes above {@value #LIMIT} enter as {@value #LIMIT}, which keeps Σq² below
 * 2<sup>127</sup> for a billion numbers; shares, lengths and the lifts of real maps are far below.
 *
 * <p>Mutable, not thread-safe.
 */
public final class Moments {
  static final int FRACTION_BITS = 32;
  static final double UNIT = 1L << FRACTION_BITS;

  /** Greatest magnitude, more than the lift of one pixel of a 224-pixel square. */
  static final double LIMIT = 65_536;

  private long count;
  private long sumHigh;
  private long sumLow;
  private long squaresHigh;
  private long squaresLow;

  /** The multiple of 2^−32 that a number enters as, times 2^32. */
  static long quantise(double value) {
    return (long) Math.rint(Math.max(-LIMIT, Math.min(LIMIT, value)) * UNIT);
  }

  /** Adds one number; NaN, an absent value, is left out. */
  public void add(double value) {
    if (!Double.isNaN(value)) {
      addQuantised(quantise(value));
    }
  }

  void addQuantised(long q) {
    count++;
    addToSum(q >> 63, q);
    addToSquares(Math.multiplyHigh(q, q), q * q);
  }

  void merge(Moments other) {
    count += other.count;
    addToSum(other.sumHigh, other.sumLow);
    addToSquares(other.squaresHigh, other.squaresLow);
  }

  /** What remains without a part that was merged or added before; exact, like the sums. */
  Moments minus(Moments part) {
    Moments rest = new Moments();
    rest.merge(this);
    rest.count -= part.count;
    // −x = ~x + 1 in two's complement, over both words.
    rest.addToSum(~part.sumHigh, ~part.sumLow);
    rest.addToSum(0, 1);
    rest.addToSquares(~part.squaresHigh, ~part.squaresLow);
    rest.addToSquares(0, 1);
    return rest;
  }

  private void addToSum(long high, long low) {
    long before = sumLow;
    sumLow += low;
    sumHigh += high + carry(before, sumLow);
  }

  private void addToSquares(long high, long low) {
    long before = squaresLow;
    squaresLow += low;
    squaresHigh += high + carry(before, squaresLow);
  }

  private static long carry(long before, long after) {
    return Long.compareUnsigned(after, before) < 0 ? 1 : 0;
  }

  public long count() {
    return count;
  }

  /** Arithmetic mean; NaN of nothing. */
  public double mean() {
    return wide(sumHigh, sumLow).doubleValue() / UNIT / count;
  }

  /** Sample variance with divisor count − 1; NaN of fewer than two numbers. */
  public double variance() {
    if (count < 2) {
      return Double.NaN;
    }
    BigInteger n = BigInteger.valueOf(count);
    BigInteger sum = wide(sumHigh, sumLow);
    BigInteger spread = n.multiply(wide(squaresHigh, squaresLow)).subtract(sum.multiply(sum));
    return spread.doubleValue() / (UNIT * UNIT) / ((double) count * (count - 1));
  }

  private static BigInteger wide(long high, long low) {
    return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
  }

  void write(OutputStream out) throws IOException {
    Wire.writeCount(count, out);
    if (count > 0) {
      Wire.writeCount(zigzag(sumHigh), out);
      Wire.writeLong(sumLow, out);
      Wire.writeCount(squaresHigh, out);
      Wire.writeLong(squaresLow, out);
    }
  }

  static Moments read(InputStream in) throws IOException {
    Moments moments = new Moments();
    moments.count = Wire.readCount(in);
    if (moments.count > 0) {
      long zigzag = Wire.readCount(in);
      moments.sumHigh = (zigzag >>> 1) ^ -(zigzag & 1);
      moments.sumLow = Wire.readLong(in);
      moments.squaresHigh = Wire.readCount(in);
      moments.squaresLow = Wire.readLong(in);
    }
    return moments;
  }

  /** Small magnitudes of either sign become small unsigned numbers, which take few bytes. */
  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }
}
