package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Reports in, one {@link DatasetStatistics} out, also for no reports at all:
 *
 * <pre>{@code
 * PCollection<DatasetStatistics> statistics =
 *     reports.apply("Summarise the classes", new AttentionStatistics());
 * }</pre>
 *
 * <p>Two passes, because likeness to a class's mean map can be said only when the mean is known:
 * the first sums up each class, the second compares each map with the sums, which are its side
 * input. Between them travel a report's numbers and first map (about half a kilobyte), not the
 * report. The result does not depend on bundles, parallelism or runner, to the bit. For bounded
 * collections in the global window.
 */
public final class AttentionStatistics
    extends PTransform<PCollection<ImageReport>, PCollection<DatasetStatistics>> {
  private static final Coder<ClassKey> KEYS = ClassKey.coder();

  @Override
  public PCollection<DatasetStatistics> expand(PCollection<ImageReport> reports) {
    PCollection<KV<ClassKey, Sample>> samples =
        reports
            .apply("Take what statistics need", ParDo.of(new TakeSampleFn()))
            .setCoder(KvCoder.of(KEYS, new SampleCoder()));

    PCollectionView<Map<ClassKey, ClassAccumulator>> sums =
        samples
            .apply("Sum up each class", Combine.perKey(new ClassAccumulatorFn()))
            .setCoder(KvCoder.of(KEYS, StateCoder.FIRST_PASS))
            .apply("Share the sums", View.asMap());

    PCollectionView<ClassMeans> means =
        once(reports.getPipeline(), "Start the means")
            .apply("Make the mean maps", ParDo.of(new ClassMeansFn(sums)).withSideInputs(sums))
            .setCoder(StateCoder.CLASS_MEANS)
            .apply("Share the mean maps", View.asSingleton());

    PCollectionView<Map<ClassKey, PlaceAccumulator>> places =
        samples
            .apply("Compare with the means", ParDo.of(new PlaceFn(means)).withSideInputs(means))
            .setCoder(KvCoder.of(KEYS, new PlacedCoder()))
            .apply("Pick examples", Combine.perKey(new PlaceAccumulatorFn()))
            .setCoder(KvCoder.of(KEYS, StateCoder.SECOND_PASS))
            .apply("Share the examples", View.asMap());

    return once(reports.getPipeline(), "Start the statistics")
        .apply(
            "Test the classes",
            ParDo.of(new StatisticsFn(sums, places)).withSideInputs(sums, places))
        .setCoder(new StatisticsCoder());
  }

  /** One element: what hangs on it runs once, for an empty dataset too. */
  private static PCollection<Boolean> once(Pipeline pipeline, String name) {
    return pipeline.apply(name, Create.of(true));
  }

  private static final class TakeSampleFn extends DoFn<ImageReport, KV<ClassKey, Sample>> {
    @ProcessElement
    public void take(@Element ImageReport report, OutputReceiver<KV<ClassKey, Sample>> out) {
      out.output(KV.of(ClassKey.of(report), Sample.of(report)));
    }
  }

  private static final class ClassMeansFn extends DoFn<Boolean, ClassMeans> {
    private final PCollectionView<Map<ClassKey, ClassAccumulator>> sums;

    ClassMeansFn(PCollectionView<Map<ClassKey, ClassAccumulator>> sums) {
      this.sums = sums;
    }

    @ProcessElement
    public void make(ProcessContext context) {
      context.output(ClassMeans.of(context.sideInput(sums)));
    }
  }

  private static final class PlaceFn extends DoFn<KV<ClassKey, Sample>, KV<ClassKey, Placed>> {
    private final PCollectionView<ClassMeans> means;

    PlaceFn(PCollectionView<ClassMeans> means) {
      this.means = means;
    }

    @ProcessElement
    public void place(ProcessContext context) {
      KV<ClassKey, Sample> sample = context.element();
      context
          .sideInput(means)
          .place(sample.getKey(), sample.getValue())
          .ifPresent(placed -> context.output(KV.of(sample.getKey(), placed)));
    }
  }

  private static final class StatisticsFn extends DoFn<Boolean, DatasetStatistics> {
    private final PCollectionView<Map<ClassKey, ClassAccumulator>> sums;
    private final PCollectionView<Map<ClassKey, PlaceAccumulator>> places;

    StatisticsFn(
        PCollectionView<Map<ClassKey, ClassAccumulator>> sums,
        PCollectionView<Map<ClassKey, PlaceAccumulator>> places) {
      this.sums = sums;
      this.places = places;
    }

    @ProcessElement
    public void test(ProcessContext context) {
      context.output(StatisticsBuilder.of(context.sideInput(sums), context.sideInput(places)));
    }
  }
}
