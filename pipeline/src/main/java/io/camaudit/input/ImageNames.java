package io.camaudit.input;

import io.camaudit.image.FileSignature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells images by their names' suffixes, or, where there is none, by their content. */
final class ImageNames {
  /** Suffixes that make a file in a folder an image, also of formats that end as UNSUPPORTED. */
  private static final List<String> SUFFIXES =
      List.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "webp", "tif", "tiff", "heic",
          "heif", "avif", "jp2", "j2k", "jxl", "ppm", "pgm", "tga", "psd");

  /** The suffixes for a pattern, the longer of two that begin alike first. */
  static final String ANY_SUFFIX =
      SUFFIXES.stream().sorted((a, b) -> b.compareTo(a)).collect(Collectors.joining("|"));

  private ImageNames() {}

  static boolean isImage(String name) {
    return SUFFIXES.contains(suffix(name));
  }

  /** In lower case and without the dot; empty for a name without one. */
  static String suffix(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= name.lastIndexOf('/') + 1 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether a name has no suffix that could say what the file is: none, a number, a remark. */
  static boolean saysNothing(String name) {
    String suffix = suffix(name);
    return !suffix.matches("[a-z0-9]{1,10}") || suffix.matches("\\d+");
  }

  static boolean isPicture(Path file) {
    if (!Files.isRegularFile(file)) {
      return false; // a pipe would be waited for
    }
    try (InputStream in = Files.newInputStream(file)) {
      return FileSignature.isPicture(in.readNBytes(FileSignature.BYTES_LOOKED_AT));
    } catch (IOException e) {
      return false;
    }
  }

  /** The innermost folder of a name; null if there is none. */
  static String folder(String name) {
    int slash = name.lastIndexOf('/');
    return slash <= 0 ? null : name.substring(name.lastIndexOf('/', slash - 1) + 1, slash);
  }
}
