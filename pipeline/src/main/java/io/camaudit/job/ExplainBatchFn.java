package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageBatch;
import io.camaudit.report.ImageReport;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads, decodes, explains, renders and writes one batch. All of that is {@link ImageExplainer}'s.
 */
final class ExplainBatchFn extends DoFn<ImageBatch, ImageReport> {
  private static final long serialVersionUID = 1;

  static final TupleTag<ImageReport> EXPLANATIONS = new TupleTag<>() {};
  static final TupleTag<ImageReport> FAILURES = new TupleTag<>() {};

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
    for (ImageReport report : result.reports()) {
      out.get(report.status().isFailure() ? FAILURES : EXPLANATIONS).output(report);
    }
    RunMetrics.count(result);
  }

  @Teardown
  public void release() {
    if (explainer != null) {
      explainer = null;
      SharedExplainer.release(settings);
    }
  }
}
