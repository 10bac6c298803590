package io.camaudit.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;

/** Runs an audit on a runner, waits for its end and says how far it is meanwhile. */
public final class AuditJob {
  private static final Duration POLL = Duration.ofMillis(500);

  private AuditJob() {}

  /**
   * Runs to the end.
   *
   * @param workers threads of the direct runner; other runners take their own options
   * @throws RuntimeException what made the run fail, with its causes
   */
  public static RunOutcome run(
      AuditPlan plan, PipelineOptions options, int workers, RunProgress progress) {
    boolean direct = options.getRunner().equals(DirectRunner.class);
    if (direct) {
      prepare(options.as(DirectOptions.class), workers);
    }
    Pipeline pipeline = Pipeline.create(options);
    AuditPipeline.describe(pipeline, plan);
    long start = System.nanoTime();
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.getState();
    while (direct && !state.isTerminal()) {
      state = result.waitUntilFinish(org.joda.time.Duration.millis(POLL.toMillis()));
      state = state == null ? PipelineResult.State.RUNNING : state;
      Map<String, Long> counters = counters(result);
      progress.update(
          counters.getOrDefault(RunMetrics.DONE, 0L),
          counters.getOrDefault(RunMetrics.MATCHED, 0L),
          counters.getOrDefault(RunMetrics.FAILED, 0L),
          Duration.ofNanos(System.nanoTime() - start));
    }
    if (!direct) {
      state = result.waitUntilFinish();
    }
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the run ended as " + state);
    }
    Pipeline followUp = Pipeline.create(options);
    AuditPipeline.describeFollowUp(followUp, plan, workers);
    PipelineResult.State end = followUp.run().waitUntilFinish();
    if (end != PipelineResult.State.DONE) {
      throw new IllegalStateException("the statistics and the table ended as " + end);
    }
    return new RunOutcome(counters(result), Duration.ofNanos(System.nanoTime() - start));
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
