package io.camaudit.job;

import io.camaudit.input.ImageBatch;
import io.camaudit.report.ImageReport;
import io.camaudit.stats.AttentionStatistics;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The audit as a list of steps: list the images in batches, spread the batches over the workers,
 * explain each batch (read, decode, infer, measure, render, write), and write what all batches say
 * together.
 */
public final class AuditPipeline {
  private AuditPipeline() {}

  /** Adds the steps to a pipeline; neither runs it nor touches storage. */
  public static void describe(Pipeline pipeline, AuditPlan plan) {
    PCollection<ImageBatch> batches =
        pipeline
            .apply("ListImages", ListImages.of(plan.input(), plan.explain().batchSize()))
            .apply("SpreadBatches", Reshuffle.viaRandomKey());
    PCollectionTuple results = batches.apply("ExplainImages", ExplainBatches.with(plan.explain()));
    PCollection<ImageReport> failures = results.get(ExplainImages.FAILURES);
    PCollection<ImageReport> reports =
        PCollectionList.of(results.get(ExplainImages.EXPLANATIONS))
            .and(failures)
            .apply("AllReports", Flatten.pCollections());

    results.get(ExplainBatchFn.LINES).apply("WriteRecords", WriteRecords.to(plan.folder()));
    failures.apply("WriteFailures", WriteFailures.to(plan.folder()));
    reports
        .apply("AttentionPerClass", new AttentionStatistics())
        .apply("WriteStatistics", WriteStatistics.to(plan.folder()));
  }
}
