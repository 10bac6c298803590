package io.camaudit.cli;

import io.camaudit.UserException;
import java.util.Locale;

/**
 * How many images may fail before a finished run counts as failed: a count such as {@code 3}, or a
 * share of the matched images such as {@code 5%}.
 */
record FailureLimit(double value, boolean isShare) {
  static FailureLimit parse(String text) {
    boolean share = text.endsWith("%");
    try {
      double value = Double.parseDouble(share ? text.substring(0, text.length() - 1) : text);
      boolean inRange = value >= 0 && (share ? value <= 100 : value == Math.rint(value));
      if (inRange) {
        return new FailureLimit(share ? value / 100 : value, share);
      }
    } catch (NumberFormatException e) {
      // Said below, with what would be right.
    }
    throw UserException.wrongArguments(
        "--max-failures %s: give a count such as 3 or a share such as 5%%.", text);
  }

  boolean isExceeded(long failures, long images) {
    return failures > (isShare ? value * images : value);
  }

  @Override
  public String toString() {
    return isShare ? String.format(Locale.ROOT, "%s%%", trim(value * 100)) : trim(value);
  }

  private static String trim(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
