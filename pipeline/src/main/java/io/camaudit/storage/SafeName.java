package io.camaudit.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Turns an image's name into a path that stays inside the run's folder on every file system. One to
 * one: two names never share a path.
 */
public final class SafeName {
  private SafeName() {}

  /**
   * {@code name} with the parts {@code ..}, {@code .} and the empty part percent-encoded, and
   * likewise every byte of a character that some file system refuses (control characters, {@code \
   * : * ? " < > |} and {@code %} itself). Unicode, spaces and apostrophes stay as they are.
   */
  public static String path(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(SafeName::segment)
        .collect(Collectors.joining("/"));
  }

  private static String segment(String part) {
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
                  safe.append("%%%02X".formatted(b));
                }
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
