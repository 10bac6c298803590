package io.camaudit.job;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.flink.FlinkCluster;
import io.camaudit.flink.FlinkJob;
import io.camaudit.input.ImageBlock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.flink.api.common.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does blocks on a Flink cluster: sends a job, or finds the one that an earlier command sent and
 * left running, and follows it to its end by the files that its blocks leave.
 */
public final class ClusterRunner implements BlockRunner, PipelineRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterRunner.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** How often storage is asked for finished blocks, which costs a listing. */
  private static final int POLLS_A_LOOK = 4;

  private final FlinkPipelineOptions options;
  private final Supplier<FlinkCluster> clusters;

  /**
   * @param clusters opens the cluster, which is closed in the end
   */
  public ClusterRunner(FlinkPipelineOptions options, Supplier<FlinkCluster> clusters) {
    this.options = options;
    this.clusters = clusters;
  }

  @Override
  public Map<String, Long> explain(AuditPlan plan, RunWatch watch) {
    try (FlinkCluster cluster = clusters.get()) {
      FinishedBlocks finished = new FinishedBlocks(plan);
      followEarlier(cluster, plan, finished, watch);
      List<ImageBlock> open =
          plan.run().blocks().stream().filter(block -> !finished.contains(block)).toList();
      if (open.isEmpty()) {
        return Map.of();
      }
      boolean here = cluster.isInThisProcess();
      try (ModelAhead model = here ? ModelAhead.withExplainer(plan.explain().absolute()) : null) {
        return explain(open, cluster, plan, finished, watch);
      }
    }
  }

  private Map<String, Long> explain(
      List<ImageBlock> open,
      FlinkCluster cluster,
      AuditPlan plan,
      FinishedBlocks finished,
      RunWatch watch) {
    SubmittedJob named = SubmittedJob.to(cluster, options.getJobName());
    if (cluster.outlivesThisProcess()) {
      named.note(plan.folder());
    }
    PipelineResult result =
        submit(cluster, named, pipeline -> AuditPipeline.describe(pipeline, plan, open));
    follow(sent(cluster, named), cluster, plan, finished, watch);
    return RunMetrics.counters(result);
  }

  @Override
  public void run(Consumer<Pipeline> describe, Runnable look) {
    try (FlinkCluster cluster = clusters.get()) {
      SubmittedJob named = SubmittedJob.to(cluster, options.getJobName());
      submit(cluster, named, describe);
      FlinkJob job = sent(cluster, named);
      follow(job, cluster, () -> awaitEnd(job, look, () -> {}), RunWatch.none().notes());
    }
  }

  private static FlinkJob sent(FlinkCluster cluster, SubmittedJob named) {
    return cluster
        .job(named.name())
        .orElseThrow(() -> new IllegalStateException("the cluster has no job " + named.name()));
  }

  private void followEarlier(
      FlinkCluster cluster, AuditPlan plan, FinishedBlocks finished, RunWatch watch) {
    Optional<SubmittedJob> earlier = SubmittedJob.in(plan.folder());
    if (earlier.filter(job -> job.cluster().equals(cluster.address())).isEmpty()) {
      SubmittedJob.cancelEarlier(plan.folder(), watch.notes());
      return;
    }
    Optional<FlinkJob> running = cluster.running(earlier.get().name());
    if (running.isPresent()) {
      watch
          .notes()
          .accept(
              String.format(
                  Locale.ROOT,
                  "the job that an earlier command sent to the Flink cluster at %s still runs: following it",
                  cluster.address()));
      follow(running.get(), cluster, plan, finished, watch);
    }
  }

  private PipelineResult submit(
      FlinkCluster cluster, SubmittedJob job, Consumer<Pipeline> describe) {
    options.setJobName(job.name());
    options.setFlinkMaster(cluster.master());
    options.setAttachedMode(false);
    cluster.jar().ifPresent(jar -> options.setFilesToStage(List.of(jar.toString())));
    Pipeline pipeline = Pipeline.create(options);
    describe.accept(pipeline);
    return pipeline.run();
  }

  private static void follow(
      FlinkJob job, FlinkCluster cluster, AuditPlan plan, FinishedBlocks finished, RunWatch watch) {
    LostWorkers lost = new LostWorkers(cluster, watch.notes());
    follow(job, cluster, () -> awaitEnd(job, plan, finished, watch, lost), watch.notes());
  }

  private static void follow(
      FlinkJob job, FlinkCluster cluster, Supplier<JobStatus> end, Consumer<String> notes) {
    Thread atExit = new Thread(() -> leave(job, cluster, notes), "leave-job");
    boolean remote = cluster.outlivesThisProcess();
    if (remote) {
      Runtime.getRuntime().addShutdownHook(atExit);
    }
    try {
      JobStatus status = end.get();
      if (status == JobStatus.FAILED) {
        throw job.failure(cluster.isInThisProcess());
      }
      if (status != JobStatus.FINISHED) {
        awaitLeaving(atExit);
        throw new UserException(
            ExitCode.CLUSTER,
            String.format(
                Locale.ROOT,
                "The job was ended from outside on the Flink cluster at %s (%s). What is done stays, and the same command goes on from there.",
                cluster.address(),
                status));
      }
    } finally {
      if (remote) {
        forget(atExit);
      }
    }
  }

  private static JobStatus awaitEnd(
      FlinkJob job, AuditPlan plan, FinishedBlocks finished, RunWatch watch, LostWorkers lost) {
    long start = System.nanoTime();
    return awaitEnd(
        job,
        () -> {
          look(finished);
          lost.look();
          watch
              .progress()
              .update(
                  finished.images(),
                  plan.run().images(),
                  finished.failed(),
                  plan.run().imagesDone(),
                  Duration.ofNanos(System.nanoTime() - start));
        },
        () -> {
          if (watch.isLost().test(finished.failed())) {
            job.cancel();
            throw AuditJob.tooManyFailures(finished.failed(), plan.run().images());
          }
        });
  }

  /**
   * @param look run now and then, and at the end
   * @param goOn run as long as the job does; what it throws is thrown
   */
  private static JobStatus awaitEnd(FlinkJob job, Runnable look, Runnable goOn) {
    for (int poll = 0; ; poll++) {
      JobStatus status = job.status();
      boolean ended = status.isGloballyTerminalState();
      if (ended || poll % POLLS_A_LOOK == 0) {
        look.run();
      }
      if (ended) {
        return status;
      }
      goOn.run();
      FlinkJob.pause(POLL);
    }
  }

  private static void look(FinishedBlocks finished) {
    try {
      finished.look();
    } catch (IOException e) {
      LOG.debug("not looked at this time", e); // the next look sees what this one missed
    }
  }

  /** Nobody follows the job when this process is told to end; so it ends too, as far as it can. */
  private static void leave(FlinkJob job, FlinkCluster cluster, Consumer<String> notes) {
    try {
      job.cancel();
      notes.accept(
          String.format(
              Locale.ROOT,
              "cancelled the job on the Flink cluster at %s; the same command goes on from there",
              cluster.address()));
    } catch (RuntimeException e) {
      LOG.debug("the job is left as it is", e); // the cluster may have been what ended first
    }
  }

  /**
   * If this process was told to end, it is this process that ended the job, and needs the cluster's
   * client until it has said so.
   */
  private static void awaitLeaving(Thread atExit) {
    if (atExit.getState() == Thread.State.NEW) {
      return;
    }
    try {
      atExit.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UserException(ExitCode.CLUSTER, "This command was told to end.");
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending", e);
    }
  }
}
