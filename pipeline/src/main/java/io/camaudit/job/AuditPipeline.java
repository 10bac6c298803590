package io.camaudit.job;

import io.camaudit.input.ImageBatch;
import io.camaudit.stats.RecordStatistics;
import io.camaudit.storage.RecordFile;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
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
    results.get(ExplainBatchFn.LINES).apply("WriteRecords", WriteRecords.to(plan.folder()));
    results.get(ExplainImages.FAILURES).apply("WriteFailures", WriteFailures.to(plan.folder()));
  }

  /**
   * Adds the steps that follow once all records are written: what the images of each class say
   * together, and the table for analysts. A pipeline of its own, since statistics need every record
   * twice and hold sums only.
   *
   * @param readers how many files are read at a time
   */
  public static void describeFollowUp(Pipeline pipeline, AuditPlan plan, int readers) {
    String records = plan.folder().locate(RecordFile.PATTERN);
    pipeline
        .apply("SumUpClasses", new RecordStatistics(records, readers))
        .apply("WriteStatistics", WriteStatistics.to(plan.folder()));
    if (plan.parquet()) {
      pipeline.apply("WriteParquet", WriteParquet.of(records, plan.folder()));
    }
  }
}
