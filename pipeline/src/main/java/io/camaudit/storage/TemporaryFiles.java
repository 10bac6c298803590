package io.camaudit.storage;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place of a process's temporary files: a folder in {@code java.io.tmpdir} that is locked
 * as long as the process lives. Who makes a file removes it; what is there when the process ends is
 * removed then, and what a process leaves that had no time for it, by the next one: the operating
 * system gives a dead process's lock back, so nobody has to guess whether it lives.
 */
public final class TemporaryFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
  private static final String PREFIX = "camaudit-files-";
  private static final String LOCK = "lock";

  /** What operating systems say of a full disk and of a used-up quota. */
  private static final Pattern FULL =
      Pattern.compile("no space left|quota exceeded|not enough space", Pattern.CASE_INSENSITIVE);

  private static final TemporaryFiles OF_PROCESS =
      new TemporaryFiles(Path.of(System.getProperty("java.io.tmpdir")));

  private final Path base;

  /**
   * What the names of this process's folders begin with, of which a job's classes in a Flink worker
   * make one each. They are never looked into: a process that closes a file loses its locks on it.
   */
  private final String own =
      PREFIX
          + ProcessHandle.current().pid()
          + "-"
          + ManagementFactory.getRuntimeMXBean().getStartTime()
          + "-";

  private Path folder;

  /** Held, and so not collected, as long as the process lives. */
  private FileChannel lock;

  TemporaryFiles(Path base) {
    this.base = base;
  }

  /** Makes an empty file. */
  public static Path file(String name, String suffix) throws IOException {
    return OF_PROCESS.makeFile(name, suffix);
  }

  /** Makes an empty folder. */
  public static Path folder(String name) throws IOException {
    return atExit(Files.createTempDirectory(OF_PROCESS.place(), name));
  }

  /**
   * What is told if work that writes nothing but temporary files ended because no room is left for
   * them; empty if it ended otherwise.
   */
  public static Optional<UserException> noRoom(IOException e) {
    boolean full =
        Causes.of(e)
            .anyMatch(
                cause -> cause.getMessage() != null && FULL.matcher(cause.getMessage()).find());
    return full
        ? Optional.of(
            new UserException(
                ExitCode.STORAGE,
                String.format(
                    Locale.ROOT,
                    "No room is left in the temporary folder %s: make some, or name another by CAMAUDIT_JAVA_OPTIONS=-Djava.io.tmpdir=DIR.",
                    OF_PROCESS.base),
                e))
        : Optional.empty();
  }

  Path makeFile(String name, String suffix) throws IOException {
    return atExit(Files.createTempFile(place(), name, suffix));
  }

  private synchronized Path place() throws IOException {
    if (folder == null || !Files.isDirectory(folder)) { // some systems clear theirs by age
      folder = null;
      while (folder == null) {
        make();
      }
      removeLeftOver();
    }
    return folder;
  }

  private void make() throws IOException {
    Path made = atExit(Files.createTempDirectory(base, own));
    Path file = atExit(made.resolve(LOCK));
    try {
      FileChannel channel = FileChannel.open(file, CREATE, WRITE);
      channel.lock();
      if (Files.exists(file)) {
        lock = channel;
        folder = made;
      } else {
        channel.close();
      }
    } catch (NoSuchFileException e) {
      // As without its file: another process took it for left over before it was locked.
      LOG.debug("{} is gone, another is made", made);
    }
  }

  /** Removes what this user's dead processes left; what cannot be removed stays. */
  private void removeLeftOver() {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, PREFIX + "*")) {
      UserPrincipal user = Files.getOwner(folder);
      for (Path each : folders) {
        if (!each.getFileName().toString().startsWith(own)
            && Files.isDirectory(each, NOFOLLOW_LINKS)
            && Files.getOwner(each, NOFOLLOW_LINKS).equals(user)) {
          removeIfDead(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("{} is not looked through to its end", base, e);
    }
  }

  private static void removeIfDead(Path folder) {
    try (FileChannel channel =
            FileChannel.open(folder.resolve(LOCK), CREATE, WRITE, NOFOLLOW_LINKS);
        FileLock dead = channel.tryLock()) {
      if (dead != null) {
        LocalCopies.deleteTree(folder);
      }
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("{} is left where it is", folder, e);
    }
  }

  /** These go last, when nothing of the program runs any more that would miss them. */
  private static Path atExit(Path path) {
    path.toFile().deleteOnExit();
    return path;
  }
}
