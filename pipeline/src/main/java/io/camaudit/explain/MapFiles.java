package io.camaudit.explain;

import io.camaudit.report.Explanation;
import io.camaudit.storage.SafeName;
import java.util.Locale;

/** How the files that show maps are called. */
final class MapFiles {
  /** The folder of raw maps. */
  static final String RAW = "raw";

  private MapFiles() {}

  /** {@code overlays/IMAGE.METHOD-LAYER-CLASSES.jpg}. */
  static String path(
      String folder,
      PreparedImage image,
      String method,
      String layer,
      String classes,
      String extension) {
    return String.format(
        Locale.ROOT,
        "%s/%s.%s-%s-%s%s",
        folder,
        SafeName.path(image.subject().ref().name()),
        method,
        SafeName.path(layer).replace('/', '_'),
        classes,
        extension);
  }

  /** What a name says of the explained class. */
  static String classes(Explanation explanation) {
    return explanation.versus() == null
        ? explanation.target().index().toString()
        : explanation.target().index() + "-versus-" + explanation.versus().index();
  }
}
