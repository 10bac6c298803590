package io.camaudit.savedmodel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps the process from ending under a call of TensorFlow's. Whatever ends Java, such as Ctrl-C,
 * does not stop threads that are in native code, and a third of a second later the operating system
 * takes down what they work with: the process crashes then instead of ending with its exit code. So
 * the end waits for the calls that are under way, of a batch each, and lets no other begin.
 */
public final class NativeCalls {
  /** A call that takes longer is not waited for: who wants an end gets one. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final NativeCalls OF_PROCESS = new NativeCalls();

  /** Calls read, and so hinder only the end, which writes. */
  private final ReadWriteLock gate = new ReentrantReadWriteLock();

  NativeCalls() {}

  /**
   * Makes the end of this process wait. For who owns the process: in a Flink worker, which outlives
   * its jobs, each of them would leave its classes behind for the end.
   */
  public static void finishBeforeExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(OF_PROCESS::atExit, "camaudit-native-calls"));
  }

  /** Makes a call; once a process that waits for its calls ends, it never returns. */
  public static <T> T call(Supplier<T> call) {
    return OF_PROCESS.make(call);
  }

  <T> T make(Supplier<T> call) {
    gate.readLock().lock();
    try {
      return call.get();
    } finally {
      gate.readLock().unlock();
    }
  }

  /**
   * Waits until no call is under way; from then on none begins.
   *
   * @return false if one still was after that time
   */
  boolean end(Duration patience) throws InterruptedException {
    return gate.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void atExit() {
    try {
      end(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then the end comes at once
    }
  }
}
