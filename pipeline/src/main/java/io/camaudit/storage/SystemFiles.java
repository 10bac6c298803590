package io.camaudit.storage;

import java.util.Locale;
import java.util.Set;

/**
 * Files and folders that are nobody's data, wherever they lie: those that operating systems put
 * beside others, and hidden ones.
 */
public final class SystemFiles {
  private static final Set<String> NAMES =
      Set.of(
          "__macosx",
          "@eadir",
          "$recycle.bin",
          "system volume information",
          "lost+found",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini");

  private SystemFiles() {}

  /** Whether an operating system makes files or folders of that name, in whatever case. */
  public static boolean isSystem(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the name hides the file, as {@code .DS_Store} and {@code ._photo.jpg} are. */
  public static boolean isHidden(String name) {
    return name.startsWith(".");
  }
}
