package io.camaudit.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps pipes, sockets and devices from being opened as if they were files: who reads one waits for
 * its other end, perhaps for ever, or reads without end.
 */
public final class RegularFile {
  private RegularFile() {}

  /** The same for a location, which is on a local disk or has no such things. */
  public static void check(String location) throws IOException {
    if (Locations.local(location).isPresent()) {
      check(Locations.local(location).get());
    }
  }

  /**
   * Refuses what is there and is neither a file nor a folder; what is not there is for the reader
   * to miss.
   */
  public static void check(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new IOException("no regular file but a pipe, a socket or a device");
    }
  }
}
