package io.camaudit.storage;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * The folder that a run writes into. A file is there whole or not at all: on local disks it is
 * written under a temporary name and renamed; object stores commit when the stream is closed.
 * Writing the same file twice leaves one file, so a retried batch does no harm.
 */
public final class RunFolder implements Serializable {
  private static final long serialVersionUID = 1;

  private final String root;

  public RunFolder(String root) {
    this.root = root;
  }

  public String root() {
    return root;
  }

  /** The location of a file by its path in this folder. */
  public String locate(String relativePath) {
    return Locations.resolve(root, relativePath);
  }

  /** The folder on a local disk, or empty if it lies elsewhere. */
  public Optional<Path> local() {
    return Locations.local(root);
  }

  /**
   * Writes a whole file, replacing one of the same name.
   *
   * @param relativePath with forward slashes; folders on the way are made
   */
  public void write(String relativePath, byte[] bytes) {
    Optional<Path> folder = local();
    try {
      if (folder.isPresent()) {
        writeLocal(folder.get().resolve(relativePath), bytes);
      } else {
        writeElsewhere(relativePath, bytes);
      }
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          "Cannot write %s: %s.".formatted(locate(relativePath), StorageReason.of(e)),
          e);
    }
  }

  /** Reads a whole file. */
  public byte[] read(String relativePath) throws IOException {
    Optional<Path> folder = local();
    if (folder.isPresent()) {
      return Files.readAllBytes(folder.get().resolve(relativePath));
    }
    ResourceId resource;
    try {
      resource = FileSystems.matchNewResource(locate(relativePath), false);
    } catch (IllegalArgumentException e) {
      throw new IOException("no file system is installed for such addresses", e);
    }
    try (InputStream in = Channels.newInputStream(FileSystems.open(resource))) {
      return in.readAllBytes();
    }
  }

  private static void writeLocal(Path file, byte[] bytes) throws IOException {
    Path temporary =
        file.resolveSibling("." + UUID.randomUUID().toString().substring(0, 13) + ".tmp");
    try {
      try {
        Files.write(temporary, bytes);
      } catch (java.nio.file.NoSuchFileException e) {
        // Making the folders only when one is missing saves a look at each of them for every file.
        Files.createDirectories(file.getParent());
        Files.write(temporary, bytes);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private void writeElsewhere(String relativePath, byte[] bytes) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(locate(relativePath), false);
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(resource, MimeTypes.BINARY))) {
      out.write(bytes);
    }
  }
}
