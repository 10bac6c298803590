package io.camaudit.input;

import io.camaudit.storage.Locations;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What to audit.
 *
 * @param location a folder, a pattern such as {@code photos/**.jpg}, one image, or a manifest
 *     ({@link Manifest})
 * @param labels where labels come from
 * @param outside whether images may lie outside of the folder, by a manifest's paths or by links
 */
public record InputSpec(String location, LabelSource labels, boolean outside)
    implements Serializable {
  /** An input whose images all lie in its folder. */
  public InputSpec(String location, LabelSource labels) {
    this(location, labels, false);
  }

  /** The same for a process that was started in another folder. */
  public InputSpec absolute() {
    return new InputSpec(Locations.absolute(location), labels, outside);
  }

  /**
   * Whether the location is a list of images with their labels: by its name, or a local file that
   * is no picture. A folder is a folder whatever its name.
   */
  public boolean isManifest() {
    Path local = Locations.local(location).orElse(null);
    if (local != null && Files.isDirectory(local)) {
      return false;
    }
    return Manifest.isName(location)
        || (isFile() && !ImageNames.isImage(location) && !ImageNames.isPicture(local));
  }

  /** Whether the location is one local file. */
  boolean isFile() {
    return Locations.local(location).filter(Files::isRegularFile).isPresent();
  }

  /** An image of a list that says nothing of labels, with the label that its folder gives it. */
  ImageRef labelledByFolder(ImageRef image) {
    String folder = ImageNames.folder(image.name());
    return new ImageRef(
        image.position(),
        image.name(),
        image.location(),
        labels == LabelSource.NONE ? null : folder,
        labels == LabelSource.AUTO,
        image.boxes(),
        image.boxLabels(),
        image.stamp());
  }

  /** The folder that names are relative to and that unchanging parts of a pattern end in. */
  public String root() {
    if (isManifest() || isFile()) {
      return parent(location);
    }
    if (isPattern()) {
      return parent(location.substring(0, firstWildcard(location, patternStart())));
    }
    return location.length() > 1 && location.endsWith("/")
        ? location.substring(0, location.length() - 1)
        : location;
  }

  /** Whether the location has wildcards; one that exists as it is written is no pattern. */
  boolean isPattern() {
    return !isManifest()
        && firstWildcard(location, 0) >= 0
        && Locations.local(location).filter(Files::exists).isEmpty();
  }

  /** What of a pattern lies below its root. */
  String patternBelowRoot() {
    int wildcard = firstWildcard(location, patternStart());
    return location.substring(location.lastIndexOf('/', wildcard) + 1);
  }

  /** Where a pattern begins behind the folders that exist as they are written. */
  private int patternStart() {
    int start = 0;
    if (Locations.local(location).isPresent()) {
      for (int slash = location.indexOf('/', 1);
          slash > 0;
          slash = location.indexOf('/', slash + 1)) {
        String folder = location.substring(0, slash);
        if (Locations.local(folder).filter(Files::isDirectory).isEmpty()) {
          break;
        }
        start = slash + 1;
      }
    }
    return start;
  }

  static String parent(String location) {
    int slash = location.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : location.substring(0, slash);
  }

  private static int firstWildcard(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
