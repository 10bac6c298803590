package io.camaudit.job;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.input.ImageBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Runs an audit on a runner, waits for its end, says how far it is meanwhile, and gathers what its
 * blocks left.
 */
public final class AuditJob {
  private static final Duration POLL = Duration.ofMillis(500);

  private AuditJob() {}

  /**
   * Runs to the end, computing only the blocks that are open.
   *
   * @param workers threads of the direct runner; other runners take their own options
   * @param isLost whether so many failures are too many, so that going on is of no use
   * @throws UserException if too many images failed; what is done stays
   * @throws RuntimeException what made the run fail, with its causes
   */
  public static RunOutcome run(
      AuditPlan plan,
      PipelineOptions options,
      int workers,
      RunProgress progress,
      LongPredicate isLost) {
    if (isDirect(options)) {
      prepare(options.as(DirectOptions.class), workers);
    }
    long start = System.nanoTime();
    Map<String, Long> counters = new HashMap<>();
    List<ImageBlock> open = plan.run().open();
    if (!open.isEmpty()) {
      Pipeline pipeline = Pipeline.create(options);
      AuditPipeline.describe(pipeline, plan, open);
      counters.putAll(explain(pipeline, plan, isDirect(options), progress, isLost, start));
    }
    Pipeline followUp = Pipeline.create(options);
    AuditPipeline.describeFollowUp(followUp, plan, workers);
    PipelineResult.State end = followUp.run().waitUntilFinish();
    if (end != PipelineResult.State.DONE) {
      throw new IllegalStateException("the statistics and the table ended as " + end);
    }
    try {
      BlockFiles files = new BlockFiles(plan.folder());
      List<ImageBlock> blocks = plan.run().blocks();
      files.writeFailures(blocks);
      // What the runner counted leaves out what an earlier run did, and has retries twice.
      counters.putAll(files.counts(numbers(blocks)));
      Map<String, Long> now = files.counts(numbers(open));
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

  private static List<Integer> numbers(List<ImageBlock> blocks) {
    return blocks.stream().map(ImageBlock::number).toList();
  }

  private static Map<String, Long> explain(
      Pipeline pipeline,
      AuditPlan plan,
      boolean direct,
      RunProgress progress,
      LongPredicate isLost,
      long start) {
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.getState();
    while (direct && !state.isTerminal()) {
      state = result.waitUntilFinish(org.joda.time.Duration.millis(POLL.toMillis()));
      state = state == null ? PipelineResult.State.RUNNING : state;
      Map<String, Long> counters = counters(result);
      long failed = counters.getOrDefault(RunMetrics.FAILED, 0L);
      progress.update(
          plan.run().imagesDone() + counters.getOrDefault(RunMetrics.DONE, 0L),
          plan.run().images(),
          failed,
          Duration.ofNanos(System.nanoTime() - start));
      if (!state.isTerminal() && isLost.test(failed)) {
        cancel(result);
        throw new UserException(
            ExitCode.TOO_MANY_FAILURES,
            String.format(
                Locale.ROOT,
                "Stopped early: %,d images failed already, more than --max-failures allows for %,d. What is done stays; the reports say why they failed, and the same command with a higher --max-failures goes on.",
                failed,
                plan.run().images()));
      }
    }
    if (!direct) {
      state = result.waitUntilFinish();
    }
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the run ended as " + state);
    }
    return counters(result);
  }

  private static void cancel(PipelineResult result) {
    try {
      result.cancel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDirect(PipelineOptions options) {
    return options.getRunner().equals(DirectRunner.class);
  }

  private static void prepare(DirectOptions options, int workers) {
    options.setTargetParallelism(workers);
    options.setBlockOnRun(false);
    // Both copy every element to catch pipelines that change their inputs; ours never do, tests
    // switch them on.
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
  }

  private static Map<String, Long> counters(PipelineResult result) {
    Map<String, Long> counters = new HashMap<>();
    MetricsFilter ours =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.inNamespace(RunMetrics.NAMESPACE))
            .build();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(ours).getCounters()) {
      counters.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    return counters;
  }
}
