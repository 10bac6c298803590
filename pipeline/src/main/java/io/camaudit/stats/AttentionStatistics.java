package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Reports in, one {@link DatasetStatistics} out, also for no reports at all:
 *
 * <pre>{@code
 * PCollection<DatasetStatistics> statistics =
 *     reports.apply("Summarise the classes", new AttentionStatistics());
 * }</pre>
 *
 * <p>The result does not depend on bundles, parallelism or runner, to the bit. For bounded
 * collections in the global window. Between the passes wait the numbers and the first map of each
 * report, about 600 bytes an image, in the runner's shuffle; the DirectRunner's is its memory. Of
 * several layers the curves over depth have them by name. Where reports are in files, {@link
 * RecordStatistics} reads them twice instead and holds nothing.
 */
public final class AttentionStatistics
    extends PTransform<PCollection<ImageReport>, PCollection<DatasetStatistics>> {
  /** The DirectRunner copies what a key has gathered with every bundle that adds to it. */
  private static final int SHARDS = 16;

  @Override
  public PCollection<DatasetStatistics> expand(PCollection<ImageReport> reports) {
    PCollection<KV<Integer, Iterable<List<KeyedSample>>>> samples =
        reports
            .apply("Take what statistics need", ParDo.of(new TakeSamplesFn()))
            .setCoder(KvCoder.of(VarIntCoder.of(), ListCoder.of(StateCoder.SAMPLE)))
            // Both passes begin behind this barrier: none waits for the other while images are
            // explained, which the DirectRunner would do by polling.
            .apply("Wait for all", GroupByKey.create());
    PCollection<Sums> first =
        SumsFn.merge(
            "Merge the sums",
            samples.apply("Sum up each class", ParDo.of(new SumFn())).setCoder(StateCoder.SUMS));
    PCollectionView<ClassMeans> means =
        first
            .apply("Make the mean maps", ParDo.of(new MeansFn()))
            .setCoder(StateCoder.CLASS_MEANS)
            .apply("Share the mean maps", View.asSingleton());
    PCollection<Sums> second =
        samples
            .apply("Compare with the means", ParDo.of(new CompareFn(means)).withSideInputs(means))
            .setCoder(StateCoder.SUMS);
    return SumsFn.merge(
            "Merge both passes",
            PCollectionList.of(first).and(second).apply("Take both", Flatten.pCollections()))
        .apply("Test the classes", ParDo.of(new StatisticsFn(List.of())))
        .setCoder(new StatisticsCoder());
  }

  /** The samples of a bundle, or of as many images as travel well together. */
  private static final class TakeSamplesFn
      extends DoFn<ImageReport, KV<Integer, List<KeyedSample>>> {
    private static final int TOGETHER = 1000;

    private transient List<KeyedSample> samples;

    @StartBundle
    public void start() {
      samples = new ArrayList<>();
    }

    @ProcessElement
    public void take(
        @Element ImageReport report, OutputReceiver<KV<Integer, List<KeyedSample>>> out) {
      samples.addAll(KeyedSample.of(report));
      if (samples.size() >= TOGETHER) {
        out.output(shard());
        samples = new ArrayList<>();
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      if (!samples.isEmpty()) {
        context.output(shard(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }

    /** Any shard will do: sums do not depend on it. */
    private KV<Integer, List<KeyedSample>> shard() {
      return KV.of(ThreadLocalRandom.current().nextInt(SHARDS), samples);
    }
  }

  private static final class SumFn extends DoFn<KV<Integer, Iterable<List<KeyedSample>>>, Sums> {
    @ProcessElement
    public void sum(ProcessContext context) {
      Sums sums = new Sums();
      context.element().getValue().forEach(samples -> samples.forEach(sums::add));
      context.output(sums);
    }
  }

  private static final class MeansFn extends DoFn<Sums, ClassMeans> {
    @ProcessElement
    public void make(@Element Sums sums, OutputReceiver<ClassMeans> out) {
      out.output(ClassMeans.of(sums.first()));
    }
  }

  private static final class CompareFn
      extends DoFn<KV<Integer, Iterable<List<KeyedSample>>>, Sums> {
    private final PCollectionView<ClassMeans> view;

    CompareFn(PCollectionView<ClassMeans> view) {
      this.view = view;
    }

    @ProcessElement
    public void compare(ProcessContext context) {
      ClassMeans means = context.sideInput(view);
      Sums sums = new Sums();
      for (List<KeyedSample> samples : context.element().getValue()) {
        samples.forEach(sample -> sums.compare(sample, means));
      }
      context.output(sums);
    }
  }
}
