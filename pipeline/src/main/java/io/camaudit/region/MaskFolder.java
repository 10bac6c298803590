package io.camaudit.region;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  static List<AnnotatedImage> list(Path folder, RegionClasses classes) {
    List<AnnotatedImage> masks = new ArrayList<>();
    RegionSource.filesBelow(folder, MaskFolder::isMask)
        .forEach(
            (name, file) -> masks.add(new MaskFile(name, file.toString(), classes.mapsNumbers())));
    return masks;
  }
}
