package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageBatch;
import io.camaudit.report.ImageReport;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads, decodes, explains, renders and writes one batch. All of that is {@link ImageExplainer}'s.
 */
final class ExplainBatchFn extends DoFn<ImageBatch, ImageReport> {
  private static final long serialVersionUID = 1;

  static final TupleTag<ImageReport> EXPLANATIONS = new TupleTag<>() {};
  static final TupleTag<ImageReport> FAILURES = new TupleTag<>() {};

  /** Every image's report as a line of JSON, by its position in the listing. */
  static final TupleTag<KV<Long, byte[]>> LINES = new TupleTag<>() {};

  private final ExplainSettings settings;
  private transient ImageExplainer explainer;

  ExplainBatchFn(ExplainSettings settings) {
    this.settings = settings;
  }

  @Setup
  public void acquire() {
    explainer = SharedExplainer.acquire(settings);
  }

  @ProcessElement
  public void explain(@Element ImageBatch batch, MultiOutputReceiver out) {
    SharedExplainer.countLoading(settings);
    ImageExplainer.Result result;
    try {
      result = explainer.explain(batch.images());
    } catch (RuntimeException e) {
      RunMetrics.FAILED_BATCHES.inc();
      throw e;
    }
    int failed = 0;
    for (int i = 0; i < result.reports().size(); i++) {
      ImageReport report = result.reports().get(i);
      out.get(LINES).output(KV.of(batch.images().get(i).position(), result.lines().get(i)));
      out.get(report.status().isFailure() ? FAILURES : EXPLANATIONS).output(report);
      RunMetrics.count(report);
      failed += report.status().isFailure() ? 1 : 0;
    }
    int explained = result.reports().size() - failed;
    RunMetrics.NUM_INFERENCES.inc(explained);
    RunMetrics.BATCH_SIZE.update(explained);
    RunMetrics.BATCH_BYTES.update(result.imageBytes());
    RunMetrics.BATCH_MICROS.update(result.modelNanos() / 1_000);
    RunMetrics.counter(RunMetrics.REGION_MISFITS).inc(result.regionMisfits());
    RunMetrics.counter(RunMetrics.REGIONS_UNREADABLE).inc(result.regionsUnreadable());
    RunMetrics.counter(RunMetrics.MODEL_MICROS).inc(result.modelNanos() / 1_000);
    RunMetrics.counter(RunMetrics.BATCH_TOTAL_MICROS).inc(result.totalNanos() / 1_000);
  }

  @Teardown
  public void release() {
    if (explainer != null) {
      explainer = null;
      SharedExplainer.release(settings);
    }
  }
}
