package io.camaudit.storage;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * The folder that a run writes into. A file is there whole or not at all: on local disks it is
 * written under a temporary name and renamed; object stores commit when the stream is closed.
 * Writing the same file twice leaves one file, so a retried batch does no harm.
 */
public record RunFolder(String root) implements FileSink, Serializable {
  /** The last that a run writes: says that it has ended, and how. */
  public static final String SUMMARY = "run.json";

  /** Where a run keeps, while it is under way, what it needs to go on after it was cut off. */
  public static final String UNFINISHED = "unfinished";

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
          "parquet",
          "report",
          "report.partial",
          UNFINISHED);

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
    put(relativePath, out -> out.write(bytes));
  }

  /** Copies a file of a local disk, whole or not at all. */
  public void copy(Path from, String relativePath) {
    put(relativePath, out -> Files.copy(from, out));
  }

  /** What a file is to hold. */
  @FunctionalInterface
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private void put(String relativePath, Content content) {
    Optional<Path> folder = local();
    try {
      if (folder.isPresent()) {
        putLocal(folder.get().resolve(relativePath), content);
      } else {
        putElsewhere(relativePath, content);
      }
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT, "Cannot write %s: %s.", locate(relativePath), StorageReason.of(e)),
          e);
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
    for (MatchResult.Metadata file :
        FileSystems.match(locate(relativeFolder) + "/*", EmptyMatchTreatment.ALLOW).metadata()) {
      found.put(file.resourceId().getFilename(), file.sizeBytes());
    }
    return found;
  }

  /** Whether a file is there. */
  public boolean has(String relativePath) throws IOException {
    Optional<Path> folder = local();
    if (folder.isPresent()) {
      return Files.exists(folder.get().resolve(relativePath));
    }
    return !FileSystems.match(locate(relativePath), EmptyMatchTreatment.ALLOW).metadata().isEmpty();
  }

  /** Reads a part of a file. */
  public byte[] read(String relativePath, long offset, int length) throws IOException {
    byte[] bytes;
    try (ReadableByteChannel channel = open(relativePath);
        InputStream in = Channels.newInputStream(channel)) {
      if (channel instanceof SeekableByteChannel seekable) {
        seekable.position(offset);
      } else {
        in.skipNBytes(offset);
      }
      bytes = in.readNBytes(length);
    }
    if (bytes.length < length) {
      throw new EOFException(locate(relativePath) + " ends early");
    }
    return bytes;
  }

  /** Reads a whole file. */
  public byte[] read(String relativePath) throws IOException {
    try (InputStream in = Channels.newInputStream(open(relativePath))) {
      return in.readAllBytes();
    }
  }

  /** Opens a file of any length, to be read from its start. */
  public InputStream stream(String relativePath) throws IOException {
    return Channels.newInputStream(open(relativePath));
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
        takeLocal(other.local().get().resolve(from), local().get().resolve(to));
      } else {
        write(to, other.read(from));
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

  private ReadableByteChannel open(String relativePath) throws IOException {
    Optional<Path> folder = local();
    if (folder.isPresent()) {
      return Files.newByteChannel(folder.get().resolve(relativePath));
    }
    try {
      return FileSystems.open(FileSystems.matchNewResource(locate(relativePath), false));
    } catch (IllegalArgumentException e) {
      throw new IOException("no file system is installed for such addresses", e);
    }
  }

  private static void putLocal(Path file, Content content) throws IOException {
    Path temporary = temporary(file);
    try {
      try (OutputStream out = create(temporary)) {
        content.writeTo(out);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static void takeLocal(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      throw new NoSuchFileException(from.toString());
    }
    Path temporary = temporary(to);
    Files.createDirectories(to.getParent());
    try {
      try {
        Files.createLink(temporary, from);
      } catch (IOException | UnsupportedOperationException e) {
        Files.copy(from, temporary); // another disk, or one without links
      }
      Files.move(
          temporary, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      // Where both names are links to one file already, moving one to the other leaves both.
      Files.deleteIfExists(temporary);
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("." + UUID.randomUUID().toString().substring(0, 13) + ".tmp");
  }

  private static OutputStream create(Path file) throws IOException {
    try {
      return Files.newOutputStream(file);
    } catch (NoSuchFileException e) {
      // Making the folders only when one is missing saves a look at each of them for every file.
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file);
    }
  }

  private void putElsewhere(String relativePath, Content content) throws IOException {
    ResourceId resource = FileSystems.matchNewResource(locate(relativePath), false);
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(resource, MimeTypes.BINARY))) {
      content.writeTo(out);
    }
  }
}
