package io.camaudit.gate;

import io.camaudit.stats.Rate;
import io.camaudit.stats.RateChange;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** How numbers and classes are put into a gate's sentences. */
final class Wording {
  private static final int MOST_DECIMALS = 6;

  private Wording() {}

  /** {@code 72.7 % (16 of 22, 95 % interval 51.8 to 86.9 %)}. */
  static String rate(Rate rate) {
    return rate(rate, 1);
  }

  /** The same with as many decimals as it takes to see on which side of a bound each number is. */
  static String rate(Rate rate, double bound) {
    int decimals = decimals(100 * bound, 100 * rate.value(), 100 * rate.low(), 100 * rate.high());
    return rate(rate, decimals);
  }

  /** So many that no number is written as a bound is that it differs from; at least one. */
  static int decimals(double bound, double... numbers) {
    int decimals = 1;
    while (decimals < MOST_DECIMALS && hides(numbers, bound, decimals)) {
      decimals++;
    }
    return decimals;
  }

  private static String rate(Rate rate, int decimals) {
    return text(
        "%s %% (%d of %d, 95 %% interval %s to %s %%)",
        percent(rate.value(), decimals),
        rate.count(),
        rate.of(),
        percent(rate.low(), decimals),
        percent(rate.high(), decimals));
  }

  private static boolean hides(double[] numbers, double bound, int decimals) {
    String format = "%." + decimals + "f";
    return DoubleStream.of(numbers)
        .anyMatch(
            value ->
                Math.abs(value - bound) > JudgeBy.ROUNDING
                    && text(format, value).equals(text(format, bound)));
  }

  private static String percent(double share, int decimals) {
    return text("%." + decimals + "f", 100 * share);
  }

  /** A bound as it was given, with a decimal at least: {@code 90.0 %}, {@code 0.05 %}. */
  static String bound(double share) {
    return hundredfold(share) + " %";
  }

  /** {@code 62.5 % (95 % interval 25.0 to 86.3 %, 16 images)}, of shares that are subtracted. */
  static String difference(RateChange change) {
    return text(
        "%s %% (95 %% interval %s to %s %%, %d images)",
        percent(change.difference(), 1),
        percent(change.low(), 1),
        percent(change.high(), 1),
        change.before().of());
  }

  static String points(double difference) {
    return hundredfold(difference) + " points";
  }

  private static String hundredfold(double share) {
    BigDecimal exact = BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros();
    return exact.setScale(Math.max(1, exact.scale())).toPlainString();
  }

  /** What is said after a bound that not the rate itself has to keep. */
  static String basis(JudgeBy judgeBy) {
    return judgeBy == JudgeBy.INTERVAL ? " for the whole interval" : "";
  }

  static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
