package io.camaudit.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The names of a run's images, held at once, for what has to look all of them up by name. */
public final class ImageListing {
  private ImageListing() {}

  /**
   * Lists what {@code input} means, in its order.
   *
   * @throws io.camaudit.UserException if it means nothing, or its manifest cannot be read
   */
  public static List<ImageRef> of(InputSpec input) {
    try {
      Path file = Files.createTempFile("camaudit-listing", ".jsonl");
      try {
        ListingFile listing = ListingFile.write(input, file);
        ImageBlock all =
            new ImageBlock(
                0, 0, Math.toIntExact(listing.images()), 0, Math.toIntExact(Files.size(file)));
        return ListingFile.read(all, Files.readAllBytes(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
