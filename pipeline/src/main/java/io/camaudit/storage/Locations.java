package io.camaudit.storage;

import java.net.URI;
import java.nio.file.Path;
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

  /** The same place for a process that was started in another folder. */
  public static String absolute(String location) {
    return local(location).map(p -> p.toAbsolutePath().normalize().toString()).orElse(location);
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
