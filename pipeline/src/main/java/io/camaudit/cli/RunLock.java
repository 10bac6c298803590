package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Keeps a second run out of a folder on a local disk while one is under way. The operating system
 * holds the lock for the process, so that a dead run leaves none behind. Storage elsewhere has no
 * such locks; there nothing is kept out.
 */
final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes sure that no run is under way in a folder that is about to be emptied.
   *
   * @throws UserException if one is
   */
  static void refuseIfHeld(RunFolder folder) {
    if (folder.local().filter(path -> Files.exists(file(path))).isPresent()) {
      take(folder).close();
    }
  }

  /**
   * @throws UserException if another run holds the folder
   */
  static RunLock take(RunFolder folder) {
    if (folder.local().isEmpty()) {
      return new RunLock(null);
    }
    Path file = file(folder.local().get());
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        // Held by this very process; told like one held by another.
      }
      if (lock == null) {
        channel.close();
        throw UserException.wrongArguments(
            "Another run is under way in %s: wait for its end, or choose another folder.",
            folder.root());
      }
      return new RunLock(channel);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(Locale.ROOT, "Cannot lock %s: %s.", file, StorageReason.of(e)),
          e);
    }
  }

  private static Path file(Path folder) {
    return folder.resolve(RunFolder.UNFINISHED).resolve("lock");
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
