package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.input.ImageRef;
import io.camaudit.input.ListingFile;
import io.camaudit.storage.RunFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds images of a finished run where they are. */
record RunListing(RunFolder folder) {
  /**
   * What the run's listing says of some images, by their names.
   *
   * @throws UserException if the run has none
   */
  Map<String, ListingFile.Entry> entries(Set<String> names) throws IOException {
    try (InputStream listing = folder.stream(RunFolder.LISTING)) {
      return ListingFile.named(listing, names);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw missing();
    }
  }

  /** The same without their regions. */
  Map<String, ImageRef> images(Set<String> names) throws IOException {
    Map<String, ImageRef> refs = new HashMap<>();
    entries(names).forEach((name, entry) -> refs.put(name, entry.image()));
    return refs;
  }

  /** Where the listing is; empty without one, as of runs of earlier versions. */
  Optional<String> file() throws IOException {
    return folder.has(RunFolder.LISTING)
        ? Optional.of(folder.locate(RunFolder.LISTING))
        : Optional.empty();
  }

  /**
   * Says before anything is computed that images cannot be found.
   *
   * @throws UserException if the run has no listing
   */
  void require() throws IOException {
    if (file().isEmpty()) {
      throw missing();
    }
  }

  private UserException missing() {
    return UserException.wrongArguments(
        "The run in %s has no %s, which says where its images are: make it again with this version.",
        folder.root(), RunFolder.LISTING);
  }
}
