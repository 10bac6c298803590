package io.camaudit.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Reads files before they are asked for, in their order, while whoever asks computes. At least one
 * file is under way, and more as long as the files under way or waiting stay below a number of
 * bytes. For one asking thread.
 */
public final class ReadAhead implements FileSource, AutoCloseable {
  /** Small files would fill the queue of the process's threads. */
  private static final int MOST_FILES = 64;

  /** Files whose lengths nobody knows, before the first of them was read. */
  private static final int MOST_OF_UNKNOWN_LENGTH = 4;

  private final Reader reader;
  private final long budget;
  private final Executor threads;
  private final Iterator<Wanted> wanted;
  private final Queue<Reading> readings = new ArrayDeque<>();
  private Wanted following;
  private long longest;

  /** Reads a whole file, in any thread. */
  @FunctionalInterface
  interface Reader {
    byte[] read(String location) throws IOException;
  }

  /**
   * A file that will be asked for.
   *
   * @param location where it lies
   * @param bytes its length as far as the listing knows; null where it says nothing, which is then
   *     taken for that of the longest before it
   */
  public record Wanted(String location, Long bytes) {}

  /** A file under way or waiting. */
  private record Reading(CompletableFuture<byte[]> file, long expected) {
    /** Its length once it is read, before that what is expected of it. */
    long bytes() {
      if (!file.isDone()) {
        return expected;
      }
      return file.isCompletedExceptionally() ? 0 : file.join().length;
    }
  }

  /**
   * @param wanted files in the order in which they are asked for
   * @param budget bytes under way and waiting; a single file may be longer
   */
  public ReadAhead(ImageReader reader, List<Wanted> wanted, long budget) {
    this(reader::read, wanted, budget, TransferThreads.pooled());
  }

  /** Files of about the same length each, for one of as many threads as there are processors. */
  static ReadAhead ofUnknownLengths(List<String> locations) {
    return new ReadAhead(
        StoredFiles::read,
        locations.stream().map(location -> new Wanted(location, null)).toList(),
        TransferBudget.bytes(Runtime.getRuntime().availableProcessors()),
        TransferThreads.pooled());
  }

  ReadAhead(Reader reader, List<Wanted> wanted, long budget, Executor threads) {
    this.reader = reader;
    this.budget = budget;
    this.threads = threads;
    this.wanted = wanted.iterator();
    this.following = this.wanted.hasNext() ? this.wanted.next() : null;
  }

  @Override
  public byte[] next() throws IOException {
    fill();
    try {
      byte[] bytes = readings.element().file.get();
      longest = Math.max(longest, bytes.length);
      return bytes;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the file was read");
    } finally {
      // The file that is handed over counts no longer: whoever decodes it has its own bound.
      readings.remove();
      fill();
    }
  }

  /** Begins to read nothing more. */
  @Override
  public void close() {
    readings.forEach(reading -> reading.file.cancel(false));
  }

  private void fill() {
    long bytes = readings.stream().mapToLong(Reading::bytes).sum();
    while (following != null
        && readings.size() < MOST_FILES
        && (readings.isEmpty() || bytes + expected(following) <= budget)) {
      readings.add(new Reading(start(following.location), expected(following)));
      bytes += expected(following);
      following = wanted.hasNext() ? wanted.next() : null;
    }
  }

  private CompletableFuture<byte[]> start(String location) {
    CompletableFuture<byte[]> file = new CompletableFuture<>();
    threads.execute(
        () -> {
          if (file.isDone()) {
            return;
          }
          try {
            file.complete(reader.read(location));
          } catch (IOException | RuntimeException | Error e) {
            file.completeExceptionally(e);
          }
        });
    return file;
  }

  private long expected(Wanted file) {
    if (file.bytes != null) {
      return file.bytes;
    }
    return longest > 0 ? longest : budget / MOST_OF_UNKNOWN_LENGTH;
  }
}
