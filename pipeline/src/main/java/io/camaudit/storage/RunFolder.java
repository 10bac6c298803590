package io.camaudit.storage;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The folder that a run writes into, on any storage. A file is there whole or not at all. Writing
 * the same file twice leaves one file, so a retried batch does no harm.
 */
public record RunFolder(String root) implements FileSink, Serializable {
  /** The last that a run writes: says that it has ended, and how. */
  public static final String SUMMARY = "run.json";

  /** Where a run keeps, while it is under way, what it needs to go on after it was cut off. */
  public static final String UNFINISHED = "unfinished";

  /** Held, on a local disk, by whoever is at work in the folder; nothing is in it. */
  public static final String LOCK = "lock";

  /** What a {@link Lease} is written into. */
  public static final String LEASE = "lease.json";

  /** What lies in a run's folder only while the run is at work or after it was cut off. */
  public static final List<String> OF_OPEN_RUNS = List.of(UNFINISHED, LOCK, LEASE);

  /** What was odd about the regions, one problem a line; not there if nothing was. */
  public static final String REGION_PROBLEMS = "region-problems.jsonl";

  /** The reports of the images that could not be explained. */
  public static final String FAILURES = "failures.jsonl";

  /**
   * The images in their order with what storage said of their files, one a line; by it a later run
   * sees which have changed.
   */
  public static final String LISTING = "listing.jsonl";

  /** What a gate's rules found, as JUnit XML. */
  public static final String GATE = "gate.xml";

  /** What became of the classes' images when they were changed, and what that proves. */
  public static final String PROOF = "proof.json";

  /** Of a proof: the model's answer to each changed image, one a line, and kept pictures. */
  public static final String PROOF_FOLDER = "proof";

  /** What each channel of the model gave to its answers, one file beside each of the records. */
  public static final String CHANNEL_FOLDER = "channels";

  /** What the channels of a class's images say together. */
  public static final String CHANNELS = "channels.json";

  /** The groups of a class's images that the same channels speak for. */
  public static final String STRATEGIES = "strategies.json";

  /** Of strategies: each class's images with theirs, one a line. */
  public static final String STRATEGIES_FOLDER = "strategies";

  /** What became of a cue that somebody pointed at. */
  public static final String CUE_FOLDER = "cue";

  /** What a run makes; nothing else in the folder is ever removed or left out. */
  private static final List<String> OWN =
      List.of(
          SUMMARY,
          LISTING,
          FAILURES,
          REGION_PROBLEMS,
          "classes.json",
          "classes.csv",
          GATE,
          "reports",
          "overlays",
          RecordFile.FOLDER,
          PROOF,
          PROOF_FOLDER,
          CHANNELS,
          CHANNEL_FOLDER,
          STRATEGIES,
          STRATEGIES_FOLDER,
          CUE_FOLDER,
          "parquet",
          "report",
          "report.partial",
          UNFINISHED,
          LOCK,
          LEASE);

  /** Whether a run, finished or not, made a folder on a local disk. */
  public static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(SUMMARY)) || Files.exists(folder.resolve(UNFINISHED));
  }

  /** Whether a folder on a local disk is a run's, or holds what explaining or comparing left. */
  public static boolean isResult(Path folder) {
    return isRun(folder)
        || Files.exists(folder.resolve("diff.json"))
        || (Files.isDirectory(folder.resolve("overlays"))
            && Files.isDirectory(folder.resolve("reports")));
  }

  /** Whether a run makes files or folders of that name in its folder. */
  public static boolean owns(String name) {
    return OWN.contains(name);
  }

  /** All that a run makes, by its names in the run's folder. */
  public static List<String> own() {
    return OWN;
  }

  /** The path of an image's report in a run's folder. */
  public static String reportOf(String image) {
    return "reports/" + SafeName.path(image) + ".json";
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
  @Override
  public void write(String relativePath, byte[] bytes) {
    put(relativePath, () -> StoredFiles.write(locate(relativePath), bytes));
  }

  /** Copies a file of a local disk, whole or not at all. */
  public void copy(Path from, String relativePath) {
    put(relativePath, () -> StoredFiles.write(locate(relativePath), from));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void put(String relativePath, Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw refused("write", relativePath, e);
    }
  }

  /**
   * Copies all files of a local folder below {@code relativePath}, which may be empty: several at a
   * time, and those in the folder itself once the others are there.
   */
  public void copyTree(Path tree, String relativePath) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(tree)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    String below = relativePath.isEmpty() ? "" : relativePath + "/";
    WriteBehind writing = new WriteBehind(this, TransferBudget.bytes(1));
    for (boolean itself : new boolean[] {false, true}) {
      for (Path file : files) {
        if (file.getParent().equals(tree) == itself) {
          writing.write(
              below + tree.relativize(file).toString().replace('\\', '/'),
              Files.readAllBytes(file));
        }
      }
      writing.finish();
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
    for (MatchResult.Metadata file : StoredListing.match(locate(relativeFolder) + "/*")) {
      found.put(file.resourceId().getFilename(), file.sizeBytes());
    }
    return found;
  }

  /** Names of the files and folders in this folder, by name; none if it is not there. */
  public SortedSet<String> entries() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    if (local().isPresent()) {
      if (Files.isDirectory(local().get())) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(local().get())) {
          all.forEach(entry -> names.add(entry.getFileName().toString()));
        }
      }
      return names;
    }
    return StoredListing.entries(root);
  }

  /** Removes the folder itself if nothing is in it. */
  public boolean deleteIfEmpty() throws IOException {
    if (!entries().isEmpty()) {
      return false;
    }
    if (!StoredListing.isObjectStore(root)) {
      StoredFiles.delete(root);
    }
    return true;
  }

  /** Reads a part of a file. */
  public byte[] read(String relativePath, long offset, int length) throws IOException {
    return StoredFiles.read(locate(relativePath), offset, length);
  }

  /** Reads a whole file. */
  public byte[] read(String relativePath) throws IOException {
    return StoredFiles.read(locate(relativePath));
  }

  /** Opens files one after the other, which fit in memory if the folder lies elsewhere. */
  public FilesInTurn inTurn(List<String> relativePaths) {
    return new FilesInTurn(relativePaths.stream().map(this::locate).toList());
  }

  /** Opens a file of any length, to be read from its start. */
  public InputStream stream(String relativePath) throws IOException {
    return StoredFiles.open(locate(relativePath));
  }

  /**
   * Makes a file of a run this run's too. On one local disk the two share its bytes, and each stays
   * when the other is removed; elsewhere it is copied.
   *
   * @return false if the other run does not have it
   */
  public boolean take(RunFolder other, String from, String to) {
    try {
      if (local().isPresent() && other.local().isPresent()) {
        StoredFiles.link(other.local().get().resolve(from), local().get().resolve(to));
      } else {
        StoredFiles.copy(other.locate(from), locate(to));
      }
      return true;
    } catch (NoSuchFileException | FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT,
              "Cannot copy %s to %s: %s.",
              other.locate(from),
              locate(to),
              StorageReason.of(e)),
          e);
    }
  }

  /** Whether the folder has such a file. */
  public boolean has(String relativePath) throws IOException {
    return StoredFiles.exists(locate(relativePath));
  }

  /** Removes a file, or a folder with all that is in it, if it is there. */
  public void delete(String relativePath) {
    try {
      StoredFiles.deleteTree(locate(relativePath));
    } catch (IOException e) {
      throw refused("remove", relativePath, e);
    }
  }

  /**
   * Makes sure that the folder can be written and written files be removed again, before anything
   * is computed.
   *
   * @throws UserException if not
   */
  public void probe() {
    String file = StoredFiles.temporaryName();
    try {
      if (local().isPresent()) {
        Files.createDirectories(local().get());
      }
      StoredFiles.write(locate(file), new byte[] {'\n'});
      StoredFiles.delete(locate(file));
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT,
              "Cannot write the output folder %s: %s.",
              Secrets.redact(root),
              StorageReason.of(e)),
          e);
    }
  }

  /** Removes what a writer that was killed left of files that it had not ended. */
  public void removeTemporaries() throws IOException {
    StoredFiles.deleteTemporaries(root);
  }

  private UserException refused(String what, String relativePath, IOException e) {
    return new UserException(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT, "Cannot %s %s: %s.", what, locate(relativePath), StorageReason.of(e)),
        e);
  }
}
