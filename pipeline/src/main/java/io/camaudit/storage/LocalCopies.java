package io.camaudit.storage;

import io.camaudit.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Copies of remote files and folders for readers that need a local path. A copy is named after what
 * the listing said of its files, so a changed original is fetched anew, and no process ever sees
 * half a copy. Safe for any number of threads and processes.
 */
public final class LocalCopies {
  private static final Map<String, Object> IN_PROCESS = new ConcurrentHashMap<>();

  private final Path cache;

  LocalCopies(Path cache) {
    this.cache = cache;
  }

  /** In {@code CAMAUDIT_CACHE}, else where the user's caches are. */
  public static LocalCopies ofUser() {
    String own = System.getenv("CAMAUDIT_CACHE");
    if (own != null && !own.isEmpty()) {
      return new LocalCopies(Path.of(own));
    }
    String users = System.getenv("XDG_CACHE_HOME");
    return new LocalCopies(
        users != null && !users.isEmpty()
            ? Path.of(users, "camaudit")
            : Path.of(System.getProperty("user.home"), ".cache", "camaudit"));
  }

  /**
   * A local path of the same content: the location itself if it is local.
   *
   * @param location a file, or a folder of files
   * @throws FileNotFoundException if there is neither
   */
  public Path of(String location) throws IOException {
    if (Locations.local(location).isPresent()) {
      return Locations.local(location).get();
    }
    String root = Locations.absolute(location);
    // In this order, since HDFS lists a folder's own name like a file's.
    List<MatchResult.Metadata> files = StoredListing.match(root + "/**");
    boolean folder = !files.isEmpty();
    if (!folder) {
      files = StoredListing.match(root);
    }
    if (files.isEmpty()) {
      throw new FileNotFoundException("there is no such file or folder");
    }
    String name = root.substring(root.lastIndexOf('/') + 1);
    String key = key(root, files);
    Path copy = cache.resolve(key);
    Object lock = IN_PROCESS.computeIfAbsent(key, any -> new Object());
    synchronized (lock) {
      if (!Files.isDirectory(copy)) {
        fetchAlone(root, folder, files, name, copy);
      }
    }
    return copy.resolve(name);
  }

  /** One process fetches, the others wait and find the copy. */
  private void fetchAlone(
      String root, boolean folder, List<MatchResult.Metadata> files, String name, Path copy)
      throws IOException {
    Files.createDirectories(cache);
    Path lockFile = cache.resolve(copy.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Objects.requireNonNull(lock);
      if (Files.isDirectory(copy)) {
        return;
      }
      Path partial = cache.resolve(copy.getFileName() + "." + UUID.randomUUID() + ".partial");
      try {
        for (MatchResult.Metadata file : files) {
          fetch(file, root, folder, partial.resolve(name));
        }
        Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        deleteTree(partial);
      }
    }
  }

  private static void fetch(MatchResult.Metadata file, String root, boolean folder, Path to)
      throws IOException {
    String location = file.resourceId().toString();
    Path target = folder ? to.resolve(location.substring(root.length() + 1)).normalize() : to;
    if (!target.startsWith(to)) {
      throw new IOException(location + " would lie outside of its folder's copy");
    }
    Files.createDirectories(target.getParent());
    StoredFiles.copy(location, target);
    if (Files.size(target) != file.sizeBytes()) {
      throw new IOException(location + " changed while it was copied");
    }
  }

  /** Sizes, times and what the store knows of the content; a listing costs one request. */
  private static String key(String root, List<MatchResult.Metadata> files) {
    StringBuilder listing = new StringBuilder(root).append('\n');
    for (MatchResult.Metadata file : files) {
      listing
          .append(file.resourceId())
          .append('\t')
          .append(file.sizeBytes())
          .append('\t')
          .append(file.lastModifiedMillis())
          .append('\t')
          .append(file.checksum())
          .append('\n');
    }
    return Sha256.hex(listing.toString());
  }

  /** Removes a local folder with all that is in it, if it is there. */
  public static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    // One after the other: what a run of millions of images left is too much to hold.
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
