package io.camaudit.storage;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that a run writes into. A file is there whole or not at all: on local disks it is
 * written under a temporary name and renamed, elsewhere as {@link StoredFiles} does it. Writing the
 * same file twice leaves one file, so a retried batch does no harm.
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
        StoredFiles.write(locate(relativePath), bytes);
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
    return StoredFiles.read(locate(relativePath));
  }

  /** Whether the folder has such a file. */
  public boolean has(String relativePath) throws IOException {
    return StoredFiles.exists(locate(relativePath));
  }

  /**
   * Makes sure that the folder can be written and written files be removed again, before anything
   * is computed.
   *
   * @throws UserException if not
   */
  public void probe() {
    String file = ".camaudit-" + UUID.randomUUID().toString().substring(0, 13) + ".tmp";
    write(file, new byte[] {'\n'});
    try {
      StoredFiles.delete(locate(file));
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          "Cannot remove %s again: %s.".formatted(locate(file), StorageReason.of(e)),
          e);
    }
  }

  /** Writes all files of a local folder below {@code relativePath}. */
  public void writeTree(String relativePath, Path tree) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(tree)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = tree.relativize(file).toString().replace('\\', '/');
      write(relativePath.isEmpty() ? name : relativePath + "/" + name, Files.readAllBytes(file));
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
}
