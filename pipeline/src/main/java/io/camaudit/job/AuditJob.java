package io.camaudit.job;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.channel.ChannelSummary;
import io.camaudit.input.ImageBlock;
import io.camaudit.storage.RunFolder;
import io.camaudit.strategy.StrategyFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an audit to its end: has the open blocks done, and gathers what all blocks left. */
public final class AuditJob {
  private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);

  private AuditJob() {}

  /**
   * Runs to the end, computing only the blocks that are open.
   *
   * @param runner does the blocks
   * @param here options for the pipeline that sums up in this process, whichever runner does the
   *     blocks: it is a small part of the work, and a Flink application may send one job only
   * @param readers how many files that pipeline reads at a time
   * @throws UserException if too many images failed; what is done stays
   * @throws RuntimeException what made the run fail, with its causes
   */
  public static RunOutcome run(
      AuditPlan plan, BlockRunner runner, PipelineOptions here, int readers, RunWatch watch) {
    long start = System.nanoTime();
    Map<String, Long> counters;
    try {
      counters = new HashMap<>(runner.explain(plan, watch));
    } catch (UserException e) {
      if (e.exitCode() == ExitCode.TOO_MANY_FAILURES) {
        writeFailures(plan); // who is told of them wants to see them
      }
      throw e;
    }
    sumUp(plan, here, readers);
    ChannelSummary.write(plan.folder(), plan.channelLayer());
    StrategyFinder.write(plan.folder(), readers);
    try {
      BlockFiles files = new BlockFiles(plan.folder());
      List<ImageBlock> blocks = plan.run().blocks();
      files.writeFailures(blocks);
      // What the runner counted leaves out what an earlier run did, and has retries twice.
      Map<String, Long> all = new TreeMap<>();
      Map<String, Long> now = new TreeMap<>();
      Set<Integer> done = plan.run().done();
      files.forEachCounts(
          blocks,
          (block, counts) ->
              counts.forEach(
                  (name, count) -> {
                    all.merge(name, count, Long::sum);
                    now.merge(name, done.contains(block.number()) ? 0 : count, Long::sum);
                  }));
      counters.putAll(all);
      counters.put(
          RunMetrics.COMPUTED_NOW,
          now.getOrDefault(RunMetrics.DONE, 0L) - now.getOrDefault(RunMetrics.TAKEN_OVER, 0L));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    counters.put(RunMetrics.MATCHED, plan.run().images());
    counters.put(RunMetrics.SKIPPED, plan.run().skipped());
    counters.put(RunMetrics.REPEATED, plan.run().repeated());
    return new RunOutcome(counters, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Cancels the job that an earlier command left running for a folder that is to be replaced. */
  public static void cancelEarlier(RunFolder folder, Consumer<String> notes) {
    SubmittedJob.cancelEarlier(folder, notes);
  }

  private static void sumUp(AuditPlan plan, PipelineOptions options, int readers) {
    InProcessRunner.prepare(options, readers);
    Pipeline pipeline = Pipeline.create(options);
    AuditPipeline.describeFollowUp(pipeline, plan, readers);
    PipelineResult.State end = pipeline.run().waitUntilFinish();
    if (end != PipelineResult.State.DONE) {
      throw new IllegalStateException("the statistics and the table ended as " + end);
    }
  }

  private static void writeFailures(AuditPlan plan) {
    try {
      new BlockFiles(plan.folder()).writeFailures(plan.run().blocks());
    } catch (IOException | UserException e) {
      LOG.debug("failures are not gathered", e); // what ended the run is what the user should read
    }
  }

  static UserException tooManyFailures(long failed, long images) {
    return new UserException(
        ExitCode.TOO_MANY_FAILURES,
        String.format(
            Locale.ROOT,
            "Stopped early: %,d images failed already, more than --max-failures allows for %,d. What is done stays: their reports, and %s for the blocks that were done, say why they failed. The same command with a higher --max-failures goes on.",
            failed,
            images,
            RunFolder.FAILURES));
  }
}
