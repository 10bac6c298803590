package io.camaudit.input;

import io.camaudit.storage.Locations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines of a path, and behind it a label if there is one: {@code a/b.jpg}, {@code a/b.jpg
 * 65}, tab or comma between. The path ends where an image's suffix ends, so that it may hold
 * spaces; one without suffix is known by being there.
 */
final class ImageList {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"[\\s,;|]*(.*)");
  private static final Pattern WITH_SUFFIX =
      Pattern.compile(
          "(.*?\\.(?:" + ImageNames.ANY_SUFFIX + "))(?:(?:\\s*[,;|]\\s*|\\s+)(.*))?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LAST_GAP = Pattern.compile("(.*\\S)[\\s,;|]+(\\S+)");
  private static final Pattern COUNTED = Pattern.compile("\\d+[\\s,;|]+(\\S.*)");

  private final Path root;
  private final boolean counted;

  /**
   * @param root folder that paths are relative to
   * @param first line of the list, which shows whether its lines are counted
   */
  ImageList(String root, String first) {
    this.root = Locations.local(root).orElse(null);
    Matcher count = COUNTED.matcher(first.strip());
    this.counted =
        count.matches()
            && !exists(image(first.strip()).image())
            && exists(image(count.group(1)).image());
  }

  /** Whether lines have their number in front, which is no part of the path. */
  boolean isCounted() {
    return counted;
  }

  /** Whether a line can be meant to name an image. */
  boolean isPlausible(String line) {
    String image = row(line).image();
    return ImageNames.isImage(image) || exists(image);
  }

  ManifestRow row(String line) {
    String text = line.strip();
    if (counted) {
      Matcher count = COUNTED.matcher(text);
      text = count.matches() ? count.group(1) : text;
    }
    return image(text);
  }

  static boolean isComment(String line) {
    return line.startsWith("#") && !WITH_SUFFIX.matcher(line).matches();
  }

  private ManifestRow image(String text) {
    Matcher quoted = QUOTED.matcher(text);
    if (quoted.matches()) {
      return row(quoted.group(1), quoted.group(2));
    }
    Matcher named = WITH_SUFFIX.matcher(text);
    if (named.matches()) {
      return row(named.group(1), named.group(2));
    }
    Matcher gap = LAST_GAP.matcher(text);
    return exists(text) || !gap.matches() ? row(text, null) : row(gap.group(1), gap.group(2));
  }

  private static ManifestRow row(String image, String label) {
    String text = label == null || label.isBlank() ? null : label.strip();
    if (text != null && text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    return new ManifestRow(image, text, Map.of());
  }

  private boolean exists(String name) {
    try {
      return root != null && Files.isRegularFile(root.resolve(name.replace('\\', '/')));
    } catch (java.nio.file.InvalidPathException e) {
      return false;
    }
  }
}
