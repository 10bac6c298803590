package io.camaudit.region;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;

/**
 * An id in COCO JSON. Equal as it stands in the file: 7 and "7" are two.
 *
 * @param text as it stands, with the quotes of a text
 */
record CocoId(String text) {
  /** Longer than any id; an exponent would make a short number very long. */
  private static final int LONGEST_NUMBER = 40;

  static CocoId number(String text) {
    return new CocoId(text);
  }

  static CocoId text(String text) {
    return new CocoId('"' + text + '"');
  }

  /** Without the quotes. */
  String plain() {
    return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }

  /**
   * What ids have in common that tools write differently: number and text, 7.0 and 7, leading
   * zeros, case, Unicode form.
   */
  String forgiving() {
    String plain = plain().strip();
    if (plain.length() <= LONGEST_NUMBER && plain.matches("[0-9]+([.]0*)?")) {
      return new BigDecimal(plain).stripTrailingZeros().toPlainString();
    }
    return Normalizer.normalize(plain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text;
  }
}
