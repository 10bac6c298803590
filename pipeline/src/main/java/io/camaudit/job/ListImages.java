package io.camaudit.job;

import io.camaudit.input.ImageBatch;
import io.camaudit.input.ImageListing;
import io.camaudit.input.InputSpec;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Lists the images of a run, in batches that go through the model as they are. */
final class ListImages extends PTransform<PBegin, PCollection<ImageBatch>> {
  private static final long serialVersionUID = 1;

  private final InputSpec input;
  private final int batchSize;

  private ListImages(InputSpec input, int batchSize) {
    this.input = input;
    this.batchSize = batchSize;
  }

  static ListImages of(InputSpec input, int batchSize) {
    return new ListImages(input, batchSize);
  }

  @Override
  public PCollection<ImageBatch> expand(PBegin begin) {
    return begin.apply("Input", Create.of(input)).apply("List", ParDo.of(new ListFn(batchSize)));
  }

  private static final class ListFn extends DoFn<InputSpec, ImageBatch> {
    private static final long serialVersionUID = 1;
    private final int batchSize;

    ListFn(int batchSize) {
      this.batchSize = batchSize;
    }

    @ProcessElement
    public void list(@Element InputSpec input, OutputReceiver<ImageBatch> out) {
      ImageListing listing = ImageListing.of(input);
      RunMetrics.counter(RunMetrics.MATCHED).inc(listing.images().size());
      RunMetrics.counter(RunMetrics.SKIPPED).inc(listing.skipped());
      RunMetrics.counter(RunMetrics.REPEATED).inc(listing.repeated());
      listing.batches(batchSize).forEach(out::output);
    }
  }
}
