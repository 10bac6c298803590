package io.camaudit.storage;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The folder that a run writes into. A file is there whole or not at all: on local disks it is
 * written under a temporary name and renamed, elsewhere as {@link StoredFiles} does it. Writing the
 * same file twice leaves one file, so a retried batch does no harm.
 */
public final class RunFolder implements Serializable {
  private static final long serialVersionUID = 1;

  /** The last that a run writes: says that it has ended, and how. */
  public static final String SUMMARY = "run.json";

  /** Where a run keeps, while it is under way, what it needs to go on after it was cut off. */
  public static final String UNFINISHED = "unfinished";

  /** What was odd about the regions, one problem a line; not there if nothing was. */
  public static final String REGION_PROBLEMS = "region-problems.jsonl";

  /** What a run makes; nothing else in the folder is ever removed or left out. */
  private static final List<String> OWN =
      List.of(
          SUMMARY,
          "failures.jsonl",
          REGION_PROBLEMS,
          "classes.json",
          "classes.csv",
          "gate.xml",
          "reports",
          "overlays",
          "records",
          "parquet",
          "report",
          "report.partial",
          UNFINISHED);

  private final String root;

  public RunFolder(String root) {
    this.root = root;
  }

  /** Whether a run, finished or not, made a folder on a local disk. */
  public static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(SUMMARY)) || Files.exists(folder.resolve(UNFINISHED));
  }

  /** Whether a run makes files or folders of that name in its folder. */
  public static boolean owns(String name) {
    return OWN.contains(name);
  }

  /** All that a run makes, by its names in the run's folder. */
  public static List<String> own() {
    return OWN;
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
      throw cannotWrite(relativePath, e);
    }
  }

  private UserException cannotWrite(String relativePath, IOException e) {
    return new UserException(
        ExitCode.STORAGE,
        "Cannot write %s: %s.".formatted(locate(relativePath), StorageReason.of(e)),
        e);
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("." + UUID.randomUUID().toString().substring(0, 13) + ".tmp");
  }

  /** Copies a file of a local disk, whole or not at all. */
  public void copy(Path from, String relativePath) {
    try {
      if (local().isPresent()) {
        Path file = local().get().resolve(relativePath);
        Files.createDirectories(file.getParent());
        Path temporary = temporary(file);
        Files.copy(from, temporary);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        StoredFiles.write(locate(relativePath), from);
      }
    } catch (IOException e) {
      throw cannotWrite(relativePath, e);
    }
  }

  /** Names and lengths of the files in a folder of this one, by name; none if it is not there. */
  public SortedMap<String, Long> list(String relativeFolder) throws IOException {
    SortedMap<String, Long> found = new TreeMap<>();
    if (local().isPresent()) {
      Path folder = local().get().resolve(relativeFolder);
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            found.put(file.getFileName().toString(), Files.size(file));
          }
        }
      }
      return found;
    }
    for (MatchResult.Metadata file : StoredFiles.match(locate(relativeFolder) + "/*")) {
      found.put(file.resourceId().getFilename(), file.sizeBytes());
    }
    return found;
  }

  /** Reads a part of a file. */
  public byte[] read(String relativePath, long offset, int length) throws IOException {
    return StoredFiles.read(locate(relativePath), offset, length);
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

  /** Writes all files of a local folder below {@code relativePath}, which may be empty. */
  public void writeTree(String relativePath, Path tree) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(tree)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = tree.relativize(file).toString().replace('\\', '/');
      copy(file, relativePath.isEmpty() ? name : relativePath + "/" + name);
    }
  }

  private static void writeLocal(Path file, byte[] bytes) throws IOException {
    Path temporary = temporary(file);
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
