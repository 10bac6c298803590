package io.camaudit.storage;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Writes files while whoever made them computes on. What waits to be written stays below a number
 * of bytes: who brings more waits. For one writing thread, which asks at the end whether all is
 * written.
 */
public final class WriteBehind implements FileSink {
  private static final int MOST_FILES = 256;

  private final FileSink files;
  private final long budget;
  private final ExecutorService threads;
  private final Queue<Writing> writings = new ArrayDeque<>();
  private long bytes;

  /** A file under way, or written and not asked about yet. */
  private record Writing(Future<?> file, long bytes) {}

  /**
   * @param files takes the files, from several threads
   * @param budget bytes under way; a single file may be longer
   */
  public WriteBehind(FileSink files, long budget) {
    this(files, budget, TransferThreads.pooled());
  }

  WriteBehind(FileSink files, long budget, ExecutorService threads) {
    this.files = files;
    this.budget = budget;
    this.threads = threads;
  }

  /**
   * Takes a file, which is written soon.
   *
   * @throws io.camaudit.UserException if an earlier one could not be written
   */
  @Override
  public void write(String relativePath, byte[] content) {
    while (!writings.isEmpty()
        && (writings.peek().file.isDone()
            || writings.size() >= MOST_FILES
            || bytes + content.length > budget)) {
      awaitOldest();
    }
    writings.add(
        new Writing(threads.submit(() -> files.write(relativePath, content)), content.length));
    bytes += content.length;
  }

  /**
   * Waits until all files are written.
   *
   * @throws io.camaudit.UserException if one could not be written
   */
  public void finish() {
    while (!writings.isEmpty()) {
      awaitOldest();
    }
  }

  private void awaitOldest() {
    Writing oldest = writings.remove();
    bytes -= oldest.bytes;
    try {
      oldest.file.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files were written", e);
    }
  }
}
