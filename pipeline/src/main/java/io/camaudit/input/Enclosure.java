package io.camaudit.input;

import io.camaudit.storage.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The folder that an input's images have to lie in. A list or a folder from somewhere else may name
 * any file of the machine it is read on, by a path or through a link; what it names would show on
 * the page.
 */
final class Enclosure {
  /** Folders whose place is known; one per class in most data sets. */
  private static final int FOLDERS_KEPT = 10_000;

  private final String root;

  /**
   * The folder by its name, and where that leads to; null on other storage, or if it is not there.
   */
  private final Path folder;

  private final Path local;
  private final boolean open;
  private final Map<Path, Boolean> folders = new LinkedHashMap<>();

  /**
   * @param root path or address; itself it may be a link
   * @param open whether everything is allowed
   */
  Enclosure(String root, boolean open) throws IOException {
    this.root = root;
    this.open = open;
    Path path = Locations.local(root).orElse(null);
    this.folder = path == null ? null : path.toAbsolutePath().normalize();
    this.local = path == null || !Files.exists(path) ? null : path.toRealPath();
  }

  /** Whether a name, by its text, means a place in the folder. */
  boolean admits(String name) {
    try {
      return open || isBelow(name);
    } catch (IllegalArgumentException e) {
      return true; // no name at all, which the reader says of that image
    }
  }

  private boolean isBelow(String name) {
    if (folder != null) {
      Path path = Locations.local(name).orElse(null);
      return path != null && folder.resolve(path).normalize().startsWith(folder);
    }
    if (!Locations.isAbsolute(name)) {
      return staysBelow(name);
    }
    String address = Locations.resolve(root, "");
    return name.startsWith(address) && staysBelow(name.substring(address.length()));
  }

  private static boolean staysBelow(String name) {
    int depth = 0;
    for (String part : name.split("/")) {
      depth += part.isEmpty() || part.equals(".") ? 0 : part.equals("..") ? -1 : 1;
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a file or folder lies in the folder, if it is a link where that leads to. What leads
   * nowhere is for the reader to miss.
   */
  boolean holds(Path path) {
    if (open || local == null || !Files.isSymbolicLink(path)) {
      return true;
    }
    try {
      return path.toRealPath().startsWith(local);
    } catch (IOException e) {
      return true;
    }
  }

  /** The same if folders on the way to it may be links as well. */
  boolean holdsWithFolders(Path path) {
    Path parent = path.getParent();
    if (open || local == null || parent == null) {
      return true;
    }
    Boolean inside = folders.get(parent);
    if (inside == null) {
      inside = isInside(parent);
      if (folders.size() < FOLDERS_KEPT) {
        folders.put(parent, inside);
      }
    }
    return inside && holds(path);
  }

  private boolean isInside(Path parent) {
    try {
      return parent.toRealPath().startsWith(local);
    } catch (IOException e) {
      return true;
    }
  }
}
