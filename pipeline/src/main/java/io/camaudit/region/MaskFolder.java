package io.camaudit.region;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A folder of mask images that mirrors the images' folder. Only names are read here: a mask is
 * opened when its image's turn comes.
 */
final class MaskFolder {
  /** Formats that keep a mask's values; JPEG smears them. */
  static final List<String> EXTENSIONS = List.of(".png", ".bmp", ".gif", ".tif", ".tiff");

  private MaskFolder() {}

  static boolean isMask(String lowerCaseName) {
    return EXTENSIONS.stream().anyMatch(lowerCaseName::endsWith);
  }

  static List<AnnotatedImage> read(
      SortedMap<String, Path> files, RegionClasses classes, RegionProblems.Tally tally) {
    List<AnnotatedImage> masks = new ArrayList<>();
    files.forEach(
        (name, file) -> masks.add(new MaskFile(name, file.toString(), classes.mapsNumbers())));
    return masks;
  }
}
