package io.camaudit.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the page finds the photographs, which stay where they were. Called from several threads. */
@FunctionalInterface
public interface PhotoSource {
  /**
   * The bytes of one photograph.
   *
   * @param image as in its report: relative to the input's root, with forward slashes
   * @throws IOException if it is not there any more; the page then shows the run's overlay
   */
  byte[] read(String image) throws IOException;

  /** Photographs below a folder. A name that leads out of it is refused. */
  static PhotoSource below(Path root) {
    Path top = root.toAbsolutePath().normalize();
    return image -> {
      Path file = top.resolve(image).normalize();
      if (!file.startsWith(top)) {
        throw new IOException(image + " leads out of " + top);
      }
      return Files.readAllBytes(file);
    };
  }
}
