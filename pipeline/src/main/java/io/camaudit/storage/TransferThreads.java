package io.camaudit.storage;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The process's threads that wait for storage, so that those which compute need not. None of their
 * tasks waits for another task.
 */
final class TransferThreads {
  /**
   * A store that takes 50 ms for a request answers 640 of them a second, which is more than a
   * processor explains.
   */
  private static final int THREADS = 32;

  private static final ThreadPoolExecutor POOL = pool();

  private TransferThreads() {}

  static ExecutorService pooled() {
    return POOL;
  }

  private static ThreadPoolExecutor pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "camaudit-transfer");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
