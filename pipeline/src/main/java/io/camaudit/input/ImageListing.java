package io.camaudit.input;

import io.camaudit.storage.Locations;
import io.camaudit.storage.StoredFiles;
import io.camaudit.storage.TemporaryFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * All images of a run, for what has to look at each of them by name: read one after the other and
 * never held.
 *
 * @param input lists them
 * @param file where a run has written what that gave, which is read instead; null if none has
 */
public record ImageListing(InputSpec input, String file) implements Serializable {
  /** The images that {@code input} means when it is asked. */
  public static ImageListing of(InputSpec input) {
    return new ImageListing(input, null);
  }

  /** The same for a process that was started in another folder. */
  public ImageListing absolute() {
    return new ImageListing(input.absolute(), file == null ? null : Locations.absolute(file));
  }

  /** The same images, as a run has listed them. */
  public ImageListing writtenTo(String listing) {
    return new ImageListing(input, listing);
  }

  /**
   * Hands over the images in their order.
   *
   * @throws io.camaudit.UserException if there are none, or the input's manifest cannot be read
   */
  public void forEach(Consumer<ImageRef> visitor) {
    try {
      if (file != null) {
        read(file, visitor);
        return;
      }
      Path made = TemporaryFiles.file("listing", ".jsonl");
      try {
        ListingFile.write(input, made);
        read(made.toString(), visitor);
      } finally {
        Files.delete(made);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(String listing, Consumer<ImageRef> visitor) throws IOException {
    try (InputStream lines = StoredFiles.open(listing)) {
      ListingLine.forEach(lines, 0, (line, image) -> visitor.accept(image));
    }
  }
}
