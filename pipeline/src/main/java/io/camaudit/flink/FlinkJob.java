package io.camaudit.flink;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.util.ExceptionUtils;

/** A job on a cluster, by whomever it was submitted. */
public final class FlinkJob {
  /**
   * A client of Flink's asks again for about a minute, which is what a JobManager takes to return.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private static final Duration POLL = Duration.ofMillis(250);

  private final JobID id;
  private final RestClusterClient<StandaloneClusterId> client;
  private final String address;

  FlinkJob(JobID id, RestClusterClient<StandaloneClusterId> client, String address) {
    this.id = id;
    this.client = client;
    this.address = address;
  }

  /**
   * How it is.
   *
   * @throws UserException if the cluster is gone, or knows no such job any more
   */
  public JobStatus status() {
    return ask(client.getJobStatus(id), address);
  }

  /** Has it cancelled, and waits until none of its tasks runs any more. */
  public void cancel() {
    try {
      ask(client.cancel(id), address);
    } catch (UserException e) {
      // Flink refuses to cancel a job that has come to its end in the meantime.
      if (!status().isGloballyTerminalState()) {
        throw e;
      }
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!status().isGloballyTerminalState() && System.nanoTime() < end) {
      pause(POLL);
    }
  }

  /**
   * What ended a job that failed: a sentence for the user if it can be told in one.
   *
   * @param here whether its workers are in this process
   */
  public RuntimeException failure(boolean here) {
    Throwable cause =
        ask(client.requestJobResult(id), address)
            .getSerializedThrowable()
            .map(thrown -> thrown.deserializeError(FlinkJob.class.getClassLoader()))
            .orElseGet(() -> new IllegalStateException("no cause is given"));
    return here ? JobFailure.of(cause, address) : JobFailure.elsewhere(cause, address);
  }

  /** Waits, unless the thread is interrupted. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a job ran", e);
    }
  }

  static <T> T ask(CompletableFuture<T> answer, String address) {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the cluster", e);
    } catch (ExecutionException e) {
      boolean unknown =
          ExceptionUtils.findThrowableWithMessage(e, "not find Flink job").isPresent();
      throw lost(
          unknown
              ? "The Flink cluster at %s does not know the job any more, so its JobManager has been started anew."
              : "The Flink cluster at %s no longer answers.",
          address,
          e);
    } catch (TimeoutException e) {
      throw lost("The Flink cluster at %s no longer answers.", address, e);
    }
  }

  private static UserException lost(String what, String address, Exception cause) {
    return new UserException(
        ExitCode.CLUSTER,
        String.format(Locale.ROOT, what, address) + " " + JobFailure.WHAT_NEXT,
        cause);
  }
}
