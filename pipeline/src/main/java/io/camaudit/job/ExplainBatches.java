package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageBatch;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/** Batches of images in; explanations and failures out. */
final class ExplainBatches extends PTransform<PCollection<ImageBatch>, PCollectionTuple> {
  private static final long serialVersionUID = 1;

  private final ExplainSettings settings;

  private ExplainBatches(ExplainSettings settings) {
    this.settings = settings;
  }

  static ExplainBatches with(ExplainSettings settings) {
    return new ExplainBatches(settings);
  }

  @Override
  public PCollectionTuple expand(PCollection<ImageBatch> batches) {
    PCollectionTuple results =
        batches.apply(
            "Explain",
            ParDo.of(new ExplainBatchFn(settings))
                .withOutputTags(
                    ExplainBatchFn.EXPLANATIONS, TupleTagList.of(ExplainBatchFn.FAILURES)));
    results.get(ExplainBatchFn.EXPLANATIONS).setCoder(ImageReportCoder.of());
    results.get(ExplainBatchFn.FAILURES).setCoder(ImageReportCoder.of());
    return results;
  }
}
