package io.camaudit.storage;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells local paths from addresses such as {@code s3://bucket/folder}. */
public final class Locations {
  /** A scheme has two characters at least, so that a Windows drive is none. */
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private Locations() {}

  /** The local path that a location means, or empty if it lies on another file system. */
  public static Optional<Path> local(String location) {
    if (location.startsWith("file:/")) {
      return Optional.of(Path.of(URI.create(location)));
    }
    return SCHEME.matcher(location).matches() ? Optional.empty() : Optional.of(Path.of(location));
  }

  /** The scheme of an address in lower case; {@code file} for a local path. */
  static String scheme(String location) {
    return local(location).isPresent()
        ? "file"
        : location.substring(0, location.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  /**
   * The same place for a process started elsewhere: a local path in full, an address as it is,
   * without a slash at its end.
   */
  public static String absolute(String location) {
    return local(location)
        .map(path -> path.toAbsolutePath().normalize().toString())
        .orElse(location.endsWith("/") ? location.substring(0, location.length() - 1) : location);
  }

  /** Whether a name means the same place whatever folder it stands in. */
  public static boolean isAbsolute(String name) {
    return name.startsWith("/") || SCHEME.matcher(name).matches();
  }

  /** {@code parent/child}, whatever the parent ends with. */
  public static String resolve(String parent, String child) {
    return parent.endsWith("/") ? parent + child : parent + "/" + child;
  }
}
