package io.camaudit.job;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.util.ShardedKey;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Images in, explanations and failures out, for pipelines of your own:
 *
 * <pre>{@code
 * PCollection<ImageRef> images =
 *     pipeline.apply(Create.of(ImageRef.of("photos/cat.jpg"), ImageRef.of("photos/dog.jpg").labelled("dog")));
 * PCollectionTuple results = images.apply(ExplainImages.with(ExplainSettings.of("models/resnet50")));
 * PCollection<ImageReport> explained = results.get(ExplainImages.EXPLANATIONS);
 * PCollection<ImageReport> failed = results.get(ExplainImages.FAILURES);
 * }</pre>
 *
 * <p>Every image comes out exactly once, in one of the two collections. Nothing is written unless
 * the settings name a folder. An image's numbers do not depend on the batch that it shares.
 */
public final class ExplainImages extends PTransform<PCollection<ImageRef>, PCollectionTuple> {
  /** Reports of images that the model answered for. */
  public static final TupleTag<ImageReport> EXPLANATIONS = ExplainBatchFn.EXPLANATIONS;

  /** Reports of images that could not be read or decoded, with the reason. */
  public static final TupleTag<ImageReport> FAILURES = ExplainBatchFn.FAILURES;

  private static final long serialVersionUID = 1;

  private final ExplainSettings settings;

  private ExplainImages(ExplainSettings settings) {
    this.settings = settings;
  }

  public static ExplainImages with(ExplainSettings settings) {
    return new ExplainImages(settings);
  }

  @Override
  public PCollectionTuple expand(PCollection<ImageRef> images) {
    PCollectionTuple results =
        images
            .apply(
                "Key",
                WithKeys.<String, ImageRef>of("images").withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(ImageRef.class)))
            // A shard for every worker thread: full batches without losing the parallelism.
            .apply(
                "Batch",
                GroupIntoBatches.<String, ImageRef>ofSize(settings.batchSize()).withShardedKey())
            .apply("Unkey", ParDo.of(new BatchFn()))
            .apply("ExplainBatches", ExplainBatches.with(settings));
    return PCollectionTuple.of(EXPLANATIONS, results.get(EXPLANATIONS))
        .and(FAILURES, results.get(FAILURES));
  }

  private static final class BatchFn
      extends DoFn<KV<ShardedKey<String>, Iterable<ImageRef>>, ImageBatch> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void batch(
        @Element KV<ShardedKey<String>, Iterable<ImageRef>> images,
        OutputReceiver<ImageBatch> out) {
      List<ImageRef> batch = new ArrayList<>();
      images.getValue().forEach(batch::add);
      out.output(new ImageBatch(batch));
    }
  }
}
