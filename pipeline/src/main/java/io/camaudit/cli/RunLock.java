package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.storage.Lease;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Secrets;
import io.camaudit.storage.StorageReason;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second run out of a folder while one is under way. On a local disk the operating system
 * holds the lock for the process, so that a dead run leaves none behind; elsewhere it is a {@link
 * Lease}.
 */
final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  private final Closeable held;

  private RunLock(Closeable held) {
    this.held = held;
  }

  /**
   * Makes sure that no run is under way in a folder that is about to be emptied.
   *
   * @throws UserException if one is
   */
  static void refuseIfHeld(RunFolder folder) {
    if (folder.local().isEmpty()) {
      try {
        Lease.refuseIfHeld(folder);
      } catch (IOException e) {
        throw OutputFolder.cannotRead(folder, e);
      }
    } else if (Files.exists(folder.local().get().resolve(RunFolder.LOCK))) {
      close(hold(folder.local().get()));
    }
  }

  /** Work on a run's folder. */
  @FunctionalInterface
  interface Work<E extends Exception> {
    void run() throws E;
  }

  /**
   * Does something to a finished run's folder while nobody else does.
   *
   * @throws UserException if another run holds the folder
   */
  static <E extends Exception> void alone(RunFolder folder, Work<E> work) throws E {
    try (RunLock lock = take(folder)) {
      work.run();
    }
  }

  /**
   * @throws UserException if another run holds the folder
   */
  static RunLock take(RunFolder folder) {
    if (folder.local().isEmpty()) {
      try {
        return new RunLock(Lease.take(folder)::close);
      } catch (IOException e) {
        throw cannotLock(folder.root(), e);
      }
    }
    Path local = folder.local().get();
    FileChannel channel = hold(local);
    return new RunLock(
        () -> {
          remove(local.resolve(RunFolder.LOCK)); // while nobody else can hold it
          channel.close();
        });
  }

  private static FileChannel hold(Path folder) {
    Path file = folder.resolve(RunFolder.LOCK);
    try {
      Files.createDirectories(folder);
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
        throw Lease.refused(folder.toString());
      }
      return channel;
    } catch (IOException e) {
      throw cannotLock(file.toString(), e);
    }
  }

  private static UserException cannotLock(String what, IOException e) {
    return new UserException(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT, "Cannot lock %s: %s.", Secrets.redact(what), StorageReason.of(e)),
        e);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays", file, e); // nobody holds it, which is what counts
    }
  }

  /** Gives the folder back and leaves nothing of the lock there. */
  @Override
  public void close() {
    close(held);
  }

  private static void close(Closeable held) {
    try {
      held.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
