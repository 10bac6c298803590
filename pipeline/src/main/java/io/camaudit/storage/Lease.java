package io.camaudit.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second run out of a folder on storage that has no locks: a file that names its owner and
 * is written anew all the time. One that does not change is a dead run's and may be taken; nobody's
 * clock is compared with another's.
 *
 * <p>Whoever finds none writes one, waits, and holds the folder if its own is still there
 * (Fischer's protocol): of two that wrote at the same time the later one is there, and the earlier
 * one sees that. This is safe as long as less time passes between looking and having written than
 * is waited then; where storage took longer, more is waited.
 */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final String FILE = RunFolder.LEASE;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param settle how long who wrote a lease waits until it counts
   * @param renew how often it is written anew
   * @param expire after how long without a change its owner counts as dead
   */
  record Times(Duration settle, Duration renew, Duration expire) {
    static final Times OF_RUNS =
        new Times(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(45));
  }

  /** What the file holds; {@code machine} is null where processes cannot be told apart. */
  record Content(String owner, String machine, long process, long renewals) {}

  private final RunFolder folder;
  private final String owner = UUID.randomUUID().toString();
  private final Times times;
  private final ScheduledExecutorService renewing;
  private long renewals;

  private Lease(RunFolder folder, Times times) {
    this.folder = folder;
    this.times = times;
    this.renewing =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "camaudit-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Waits, if there is a lease, until it is known whether its owner lives.
   *
   * @throws UserException if it does
   */
  public static void refuseIfHeld(RunFolder folder) throws IOException {
    refuseIfHeld(folder, Times.OF_RUNS);
  }

  /** Returns when it last looked, of {@link System#nanoTime}. */
  static long refuseIfHeld(RunFolder folder, Times times) throws IOException {
    long looked = System.nanoTime();
    Optional<Content> first = read(folder);
    if (first.isEmpty() || isDead(first.get())) {
      return looked;
    }
    LOG.warn(
        "another run has written in {}; looking for {} s whether it is alive",
        Secrets.redact(folder.root()),
        times.expire.toSeconds());
    long end = System.nanoTime() + times.expire.toNanos();
    while (System.nanoTime() < end) {
      sleep(times.expire.dividedBy(20));
      looked = System.nanoTime();
      Optional<Content> now = read(folder);
      if (now.isEmpty()) {
        return looked; // it has ended
      }
      if (!now.equals(first)) {
        throw refused(folder.root());
      }
    }
    return looked;
  }

  /**
   * @throws UserException if another run holds the folder
   */
  public static Lease take(RunFolder folder) throws IOException {
    return take(folder, Times.OF_RUNS);
  }

  static Lease take(RunFolder folder, Times times) throws IOException {
    Lease lease = new Lease(folder, times);
    try {
      lease.begin();
      return lease;
    } catch (IOException | RuntimeException e) {
      lease.renewing.shutdownNow();
      throw e;
    }
  }

  private void begin() throws IOException {
    long looked = refuseIfHeld(folder, times);
    write();
    boolean late = System.nanoTime() - looked > times.settle.toNanos() / 2;
    // An owner that this may have written over has renewed its own by then.
    sleep(late ? times.renew.multipliedBy(2).plus(times.settle) : times.settle);
    if (read(folder).filter(content -> content.owner.equals(owner)).isEmpty()) {
      throw refused(folder.root());
    }
    long every = times.renew.toMillis();
    renewing.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    try {
      write();
    } catch (UserException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private synchronized void write() {
    try {
      Content content = new Content(owner, machine(), ProcessHandle.current().pid(), renewals++);
      folder.write(FILE, JSON.writeValueAsBytes(content));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written", e);
    }
  }

  private static Optional<Content> read(RunFolder folder) throws IOException {
    try {
      return Optional.of(JSON.readValue(folder.read(FILE), Content.class));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether it is certain, without waiting, that the owner's process is gone. */
  private static boolean isDead(Content lease) {
    return lease.machine != null
        && lease.machine.equals(machine())
        && ProcessHandle.of(lease.process).filter(ProcessHandle::isAlive).isEmpty();
  }

  /** Names a running system and its processes' name space; null where that cannot be known. */
  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** What is told whoever wants a folder that another run holds. */
  public static UserException refused(String folder) {
    return new UserException(
        ExitCode.BUSY,
        String.format(
            Locale.ROOT,
            "Another run is under way in %s: wait for its end, or choose another folder.",
            Secrets.redact(folder)));
  }

  private static void sleep(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while a lease was waited for");
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    renewing.shutdown();
    try {
      // A renewal under way would bring the file back.
      renewing.awaitTermination(times.expire.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.delete(FILE);
  }
}
