package io.camaudit.storage;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * Whole files by their location, wherever it is: local ones through {@code java.nio}, all others
 * through Beam, with {@link Retries}. A written file is there whole or not at all: object stores
 * commit when the stream is closed, elsewhere it is written under a temporary name and renamed. A
 * missing file is a {@link NoSuchFileException} or a {@link FileNotFoundException}.
 */
public final class StoredFiles {
  private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f]{8}-[0-9a-f]{4}\\.tmp");

  /** What S3 takes in one request. */
  private static final int DELETED_AT_A_TIME = 1000;

  /** Longer files go to object stores in parts, of which a lost one is sent again alone. */
  private static final int LONGEST_IN_ONE_REQUEST = 16 << 20;

  private StoredFiles() {}

  /**
   * A stream from the beginning. For long files; what breaks off is opened again and gone on with.
   */
  public static InputStream open(String location) throws IOException {
    Optional<Path> local = Locations.local(location);
    return local.isPresent()
        ? Files.newInputStream(local.get())
        : new ResumedStream(() -> started(openRemote(location)));
  }

  /**
   * Clients ask for a file only when it is read: the first byte shows whether there is an answer.
   */
  private static InputStream started(InputStream stream) throws IOException {
    InputStream in = new BufferedInputStream(stream, 1 << 16);
    try {
      in.mark(1);
      if (in.read() >= 0) {
        in.reset();
      }
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  public static byte[] read(String location) throws IOException {
    return read(location, Integer.MAX_VALUE - 16);
  }

  /** The file's bytes, but no more than {@code most}: a longer file is cut. */
  static byte[] read(String location, int most) throws IOException {
    Optional<Path> local = Locations.local(location);
    if (local.isPresent()) {
      try (InputStream in = Files.newInputStream(local.get())) {
        return in.readNBytes(most);
      }
    }
    return Retries.run(
        () -> {
          try (InputStream in = openRemote(location)) {
            return in.readNBytes(most);
          }
        });
  }

  /** {@code length} bytes from a place in a file. */
  public static byte[] read(String location, long offset, int length) throws IOException {
    Optional<ObjectStore> store = Storage.objectStore(location);
    if (store.isPresent() && length > 0) {
      return Retries.run(
          () -> {
            try (InputStream in = store.get().open(location, offset, length)) {
              return readFully(Channels.newChannel(in), length, location);
            }
          });
    }
    return Retries.run(
        () -> {
          try (ReadableByteChannel channel = channel(location)) {
            if (channel instanceof SeekableByteChannel seekable) {
              seekable.position(offset);
              return readFully(channel, length, location);
            }
            InputStream in = Channels.newInputStream(channel);
            in.skipNBytes(offset);
            return readFully(channel, length, location);
          }
        });
  }

  /** What a file is to hold; written anew for each try. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The same for bytes that are there already. */
  static void write(String location, byte[] bytes) throws IOException {
    Optional<ObjectStore> store = Storage.objectStore(location);
    if (store.isPresent() && bytes.length <= LONGEST_IN_ONE_REQUEST) {
      Retries.run(
          () -> {
            store.get().write(location, bytes);
            return null;
          });
    } else {
      write(location, out -> out.write(bytes));
    }
  }

  /** The same for a file of a local disk, which is held only if one request takes it. */
  static void write(String location, Path file) throws IOException {
    if (Storage.objectStore(location).isPresent() && Files.size(file) <= LONGEST_IN_ONE_REQUEST) {
      write(location, Files.readAllBytes(file));
    } else {
      write(location, out -> Files.copy(file, out));
    }
  }

  /** Copies a file of whatever length; held only if one request takes it. */
  static void copy(String from, String to) throws IOException {
    byte[] start = read(from, LONGEST_IN_ONE_REQUEST + 1);
    if (start.length <= LONGEST_IN_ONE_REQUEST) {
      write(to, start);
      return;
    }
    write(
        to,
        out -> {
          try (InputStream in = open(from)) {
            in.transferTo(out);
          }
        });
  }

  /** Writes a whole file, replacing one of the same name; folders on the way are made. */
  static void write(String location, Content content) throws IOException {
    Optional<Path> local = Locations.local(location);
    if (local.isPresent()) {
      writeLocal(local.get(), content);
    } else if (StoredListing.isObjectStore(location)) {
      Retries.run(() -> create(resource(location), content));
    } else {
      Retries.run(() -> createAndRename(location, content));
    }
  }

  private static void writeLocal(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(temporaryName());
    try {
      try (OutputStream out = createLocal(temporary)) {
        content.writeTo(out);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /**
   * Gives a local file a second name, or copies it where it cannot have one; whole or not at all.
   */
  static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from); // whole at once, so without a temporary name
      return;
    } catch (IOException | UnsupportedOperationException e) {
      if (!Files.exists(from)) {
        throw new NoSuchFileException(from.toString());
      }
    }
    Path temporary = to.resolveSibling(temporaryName());
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

  private static OutputStream createLocal(Path file) throws IOException {
    try {
      return Files.newOutputStream(file);
    } catch (NoSuchFileException e) {
      // Making the folders only when one is missing saves a look at each of them for every file.
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file);
    }
  }

  /** A name that no other file has, for what is not whole yet. */
  static String temporaryName() {
    return "." + UUID.randomUUID().toString().substring(0, 13) + ".tmp";
  }

  /** Whether {@link #temporaryName} may have made a file's name. */
  static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }

  /** Whether there is such a file. Names may hold what a listing would take for a pattern. */
  public static boolean exists(String location) throws IOException {
    Optional<Path> local = Locations.local(location);
    if (local.isPresent()) {
      return Files.exists(local.get());
    }
    try {
      Retries.run(
          () -> {
            FileSystems.open(resource(location)).close();
            return null;
          });
      return true;
    } catch (FileNotFoundException | NoSuchFileException e) {
      return false;
    }
  }

  /** Removes a file if it is there. */
  static void delete(String location) throws IOException {
    Optional<Path> local = Locations.local(location);
    if (local.isPresent()) {
      Files.deleteIfExists(local.get());
      return;
    }
    Retries.run(
        () -> {
          deleteOnce(resource(location));
          return null;
        });
  }

  /** Removes a file, or a folder with all that is in it, if it is there. */
  static void deleteTree(String location) throws IOException {
    Optional<Path> local = Locations.local(location);
    if (local.isPresent()) {
      LocalCopies.deleteTree(local.get());
      return;
    }
    boolean hasFolders = !StoredListing.isObjectStore(location);
    SortedSet<String> folders = new TreeSet<>(Comparator.reverseOrder());
    List<ResourceId> files = new ArrayList<>();
    StoredListing.visit(
        location + "/**",
        file -> {
          files.add(file.resourceId());
          if (hasFolders) {
            addFolders(file.resourceId().toString(), location, folders);
          }
          if (files.size() == DELETED_AT_A_TIME) {
            delete(files);
          }
        });
    delete(files);
    for (String folder : folders) {
      delete(folder);
    }
    delete(location);
  }

  /** Removes files that are there, and empties the list. */
  private static void delete(List<ResourceId> files) throws IOException {
    Retries.run(
        () -> {
          if (!files.isEmpty()) {
            FileSystems.delete(files);
          }
          return null;
        });
    files.clear();
  }

  /** The folders between a folder and a file below it. Only empty ones can be removed. */
  private static void addFolders(String file, String location, Set<String> folders) {
    for (int slash = file.lastIndexOf('/');
        slash > location.length();
        slash = file.lastIndexOf('/', slash - 1)) {
      folders.add(file.substring(0, slash));
    }
  }

  /**
   * Removes the temporary files below a folder that their writers, being killed, left behind.
   * Object stores show none: what was not ended is not there.
   */
  static void deleteTemporaries(String folder) throws IOException {
    Optional<Path> local = Locations.local(folder);
    if (local.isPresent() && Files.isDirectory(local.get())) {
      List<Path> left;
      try (Stream<Path> all = Files.walk(local.get())) {
        left = all.filter(file -> isTemporary(file.getFileName().toString())).toList();
      }
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } else if (local.isEmpty() && !StoredListing.isObjectStore(folder)) {
      for (MatchResult.Metadata file : StoredListing.match(Locations.resolve(folder, "**"))) {
        if (isTemporary(String.valueOf(file.resourceId().getFilename()))) {
          deleteOnce(file.resourceId());
        }
      }
    }
  }

  /** Beam's own way of leaving out missing files takes their names for patterns. */
  private static void deleteOnce(ResourceId file) throws IOException {
    try {
      FileSystems.delete(List.of(file));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return;
    }
  }

  /** By one request where the store can be asked for it. */
  private static InputStream openRemote(String location) throws IOException {
    Optional<ObjectStore> store = Storage.objectStore(location);
    return store.isPresent()
        ? store.get().open(location)
        : Channels.newInputStream(FileSystems.open(resource(location)));
  }

  private static ReadableByteChannel channel(String location) throws IOException {
    Optional<Path> local = Locations.local(location);
    return local.isPresent()
        ? Files.newByteChannel(local.get())
        : FileSystems.open(resource(location));
  }

  private static byte[] readFully(ReadableByteChannel channel, int length, String location)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException(location + " is shorter than it was");
      }
    }
    return bytes.array();
  }

  /**
   * Closing is what makes an object appear, so a stream that failed is left open: half an object
   * never counts as a whole one.
   */
  private static Void create(ResourceId resource, Content content) throws IOException {
    WritableByteChannel channel = FileSystems.create(resource, MimeTypes.BINARY);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    content.writeTo(out);
    out.flush();
    channel.close();
    return null;
  }

  private static Void createAndRename(String location, Content content) throws IOException {
    int slash = location.lastIndexOf('/');
    ResourceId from = resource(location.substring(0, slash + 1) + temporaryName());
    try {
      create(from, content);
      // Replaces a file of that name, though not in one step: for a moment there is none.
      FileSystems.rename(List.of(from), List.of(resource(location)));
    } catch (IOException | RuntimeException e) {
      try {
        deleteOnce(from);
      } catch (IOException | RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    return null;
  }

  /** Copies a file to the local disk. */
  static void copy(String location, Path to) throws IOException {
    Retries.run(
        () -> {
          try (InputStream in = openRemote(location)) {
            return Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
          }
        });
  }

  private static ResourceId resource(String location) {
    return FileSystems.matchNewResource(location, false);
  }
}
