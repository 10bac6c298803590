package io.camaudit.page;

import io.camaudit.image.DecodeLimits;
import io.camaudit.storage.ImageReader;
import io.camaudit.storage.Locations;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Where the page finds the photographs, which stay where they were. Called from several threads.
 */
@FunctionalInterface
public interface PhotoSource {
  /**
   * The bytes of one photograph.
   *
   * @param image as in its report: relative to the input's root, with forward slashes
   * @throws IOException if it is not there any more; the page then shows the run's overlay
   */
  byte[] read(String image) throws IOException;

  /**
   * Photographs where a run found them.
   *
   * @param root the run's {@code input.root}: a path or an address, on any file system that Beam
   *     knows. A name that is a path or an address of its own, as manifests may hold, is read from
   *     there
   */
  static PhotoSource below(String root) {
    Pattern ownLocation = Pattern.compile("(/|[A-Za-z][A-Za-z0-9+.-]*:/).*", Pattern.DOTALL);
    ImageReader reader = new ImageReader(DecodeLimits.defaults().maxBytes());
    return image -> {
      boolean absolute = ownLocation.matcher(image).matches();
      return reader.read(absolute ? image : Locations.resolve(root, image));
    };
  }
}
