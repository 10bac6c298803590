package io.camaudit.region;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours of masks as text: {@code #rrggbb} in lower case. */
final class MaskColour {
  private static final Pattern HEX = Pattern.compile("(?i)(?:#|0x)([0-9a-f]{6})");
  private static final Pattern PARTS =
      Pattern.compile(
          "(?i)(?:rgb)?\\s*[(\\[]?\\s*([0-9]{1,3})\\s*[,; ]\\s*([0-9]{1,3})\\s*[,; ]\\s*([0-9]{1,3})\\s*[)\\]]?");

  private MaskColour() {}

  static String of(int rgb) {
    String digits = Integer.toHexString(rgb & 0xFFFFFF);
    return "#" + "0".repeat(6 - digits.length()) + digits;
  }

  /** Null for a text that is no colour. */
  static String parse(String text) {
    Matcher hex = HEX.matcher(text.strip());
    if (hex.matches()) {
      return of(Integer.parseInt(hex.group(1), 16));
    }
    Matcher parts = PARTS.matcher(text.strip());
    if (!parts.matches()) {
      return null;
    }
    int rgb = 0;
    for (int i = 1; i <= 3; i++) {
      int part = Integer.parseInt(parts.group(i));
      if (part > 255) {
        return null;
      }
      rgb = rgb << 8 | part;
    }
    return of(rgb);
  }
}
