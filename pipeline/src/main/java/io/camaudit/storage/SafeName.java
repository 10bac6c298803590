package io.camaudit.storage;

import io.camaudit.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Turns an image's name into a path that stays inside the run's folder on every file system. One to
 * one: two names never share a path.
 */
public final class SafeName {
  /**
   * Bytes of UTF-8 that a part may have. File systems end at 255; behind an image's name still come
   * a method, a layer, a class and a suffix.
   */
  static final int LONGEST = 160;

  /** Stands before a hash, and nowhere else: an escaped name has two hex digits after each %. */
  private static final String CUT = "%~";

  private static final int HASH_BYTES = 16;

  private SafeName() {}

  /**
   * {@code name} with the parts {@code ..}, {@code .} and the empty part percent-encoded, and
   * likewise every byte of a character that some file system refuses (control characters, {@code \
   * : * ? " < > |} and {@code %} itself). Unicode, spaces and apostrophes stay as they are. A part
   * that is longer than {@value #LONGEST} bytes after that is cut, and a hash of the whole part
   * follows.
   */
  public static String path(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(SafeName::segment)
        .collect(Collectors.joining("/"));
  }

  private static String segment(String part) {
    return shortened(escaped(part));
  }

  private static String escaped(String part) {
    if (part.isEmpty()) {
      return "%";
    }
    if (part.chars().allMatch(c -> c == '.')) {
      return part.replace(".", "%2E");
    }
    StringBuilder safe = new StringBuilder(part.length());
    part.codePoints()
        .forEach(
            c -> {
              if (c < 0x20 || c == 0x7f || (c < 0x80 && "\\:*?\"<>|%".indexOf(c) >= 0)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  private static String shortened(String safe) {
    if (bytes(safe) <= LONGEST) {
      return safe;
    }
    String tail = CUT + Sha256.hex(safe).substring(0, 2 * HASH_BYTES);
    StringBuilder kept = new StringBuilder();
    int left = LONGEST - tail.length();
    for (int c : safe.codePoints().toArray()) {
      left -= bytes(Character.toString(c));
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept + tail;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
