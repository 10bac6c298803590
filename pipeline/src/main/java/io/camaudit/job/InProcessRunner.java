package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Does blocks with the direct runner, looking on; or with another of Beam's runners, whose own way
 * of running it is left to it.
 */
public final class InProcessRunner implements BlockRunner, PipelineRunner {
  private static final Duration POLL = Duration.ofMillis(500);

  private final PipelineOptions options;
  private final int threads;

  /**
   * @param threads of the direct runner; other runners take their own options
   */
  public InProcessRunner(PipelineOptions options, int threads) {
    this.options = options;
    this.threads = threads;
  }

  @Override
  public Map<String, Long> explain(AuditPlan plan, RunWatch watch) {
    SubmittedJob.cancelEarlier(plan.folder(), watch.notes());
    List<ImageBlock> open = plan.run().open();
    if (open.isEmpty()) {
      return Map.of();
    }
    if (!isDirect(options)) {
      return explain(open, plan, watch);
    }
    // A thread that never has a block would look for one without a pause.
    prepare(options, Math.min(threads, open.size()));
    ExplainSettings settings = plan.explain().absolute(); // as the workers have them
    try (ModelAhead model = ModelAhead.withExplainer(settings);
        LastBlocks last = LastBlocks.of(settings.output(), open.size())) {
      return explain(open, plan, watch);
    }
  }

  private Map<String, Long> explain(List<ImageBlock> open, AuditPlan plan, RunWatch watch) {
    Pipeline pipeline = Pipeline.create(options);
    AuditPipeline.describe(pipeline, plan, open);
    long start = System.nanoTime();
    PipelineResult result = pipeline.run();
    awaitEnd(
        result,
        state -> {
          Map<String, Long> counters = RunMetrics.counters(result);
          long failed = counters.getOrDefault(RunMetrics.FAILED, 0L);
          long before = plan.run().imagesDone();
          watch
              .progress()
              .update(
                  before + counters.getOrDefault(RunMetrics.DONE, 0L),
                  plan.run().images(),
                  failed,
                  before,
                  Duration.ofNanos(System.nanoTime() - start));
          if (!state.isTerminal() && watch.isLost().test(failed)) {
            cancel(result);
            throw AuditJob.tooManyFailures(failed, plan.run().images());
          }
        });
    return RunMetrics.counters(result);
  }

  @Override
  public void run(Consumer<Pipeline> describe, Runnable look) {
    if (isDirect(options)) {
      prepare(options, threads);
    }
    Pipeline pipeline = Pipeline.create(options);
    describe.accept(pipeline);
    awaitEnd(pipeline.run(), state -> look.run());
  }

  /**
   * @param look told the state now and then, and at the end
   */
  private void awaitEnd(PipelineResult result, Consumer<PipelineResult.State> look) {
    PipelineResult.State state = result.getState();
    while (isDirect(options) && !state.isTerminal()) {
      state = result.waitUntilFinish(org.joda.time.Duration.millis(POLL.toMillis()));
      state = state == null ? PipelineResult.State.RUNNING : state;
      look.accept(state);
    }
    if (!state.isTerminal()) {
      state = result.waitUntilFinish();
    }
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the run ended as " + state);
    }
  }

  /** Whether these options have the direct runner do a pipeline. */
  public static boolean isDirect(PipelineOptions options) {
    return options.getRunner().equals(DirectRunner.class);
  }

  /** Sets the direct runner up. */
  static void prepare(PipelineOptions options, int threads) {
    DirectOptions direct = options.as(DirectOptions.class);
    direct.setRunner(DirectRunner.class);
    direct.setTargetParallelism(threads);
    direct.setBlockOnRun(false);
    // Both copy every element to catch pipelines that change their inputs; ours never do, tests
    // switch them on.
    direct.setEnforceImmutability(false);
    direct.setEnforceEncodability(false);
  }

  private static void cancel(PipelineResult result) {
    try {
      result.cancel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
