package io.camaudit.gate;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.Rate;
import java.util.Locale;

/** How numbers and classes are put into a gate's sentences. */
final class Words {
  private Words() {}

  /** {@code 72.7 % (16 of 22, 95 % interval 51.8 to 86.9 %)}. */
  static String rate(Rate rate) {
    return text(
        "%s (%d of %d, 95 %% interval %.1f to %.1f %%)",
        percent(rate.value()), rate.count(), rate.of(), 100 * rate.low(), 100 * rate.high());
  }

  static String percent(double share) {
    return text("%.1f %%", 100 * share);
  }

  static String points(double difference) {
    return text("%.1f points", 100 * difference);
  }

  /** What is said after a bound that not the rate itself has to keep. */
  static String basis(JudgeBy judgeBy) {
    return judgeBy == JudgeBy.INTERVAL ? " for the whole interval" : "";
  }

  static String of(ClassRef classRef) {
    return classRef == null ? "all images" : "class " + classRef.name();
  }

  static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
