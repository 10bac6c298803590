package io.camaudit.stats;

import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Files of reports in, one {@link DatasetStatistics} out, also for no files at all:
 *
 * <pre>{@code
 * pipeline.apply("Summarise the classes", new RecordStatistics(new RunFolder("runs/1"), 4, layers));
 * }</pre>
 *
 * <p>Reads the files twice and holds sums by class only, so that a million reports take the memory
 * of a thousand on any runner. The result does not depend on how reports are spread over files, nor
 * on parallelism or runner, to the bit.
 */
public final class RecordStatistics extends PTransform<PBegin, PCollection<DatasetStatistics>> {
  private static final Coder<List<String>> FILES = ListCoder.of(StringUtf8Coder.of());

  private final RunFolder run;
  private final int parts;
  private final List<String> networkOrder;

  /**
   * @param run whose record files are looked up when the pipeline runs, and not to change while it
   *     does
   * @param parts how many readers there are at most; each holds sums of its own
   * @param networkOrder the model's layers, first to last: curves over depth are in that order
   */
  public RecordStatistics(RunFolder run, int parts, List<String> networkOrder) {
    if (parts < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "parts (%d) must be at least 1", parts));
    }
    this.run = run;
    this.parts = parts;
    this.networkOrder = List.copyOf(networkOrder);
  }

  @Override
  public PCollection<DatasetStatistics> expand(PBegin input) {
    PCollection<Sums> first =
        SumsFn.merge(
            "Merge the sums",
            input
                .apply(
                    "Take the run", Create.of(run).withCoder(SerializableCoder.of(RunFolder.class)))
                .apply("Find the records", ParDo.of(new FindFn(parts)))
                .setCoder(FILES)
                .apply("Spread the files", Reshuffle.viaRandomKey())
                .apply("Sum up each class", ParDo.of(new SumFn()))
                .setCoder(StateCoder.SUMS));
    // The means come with the files: a side input would have the DirectRunner poll for it.
    PCollection<Sums> second =
        first
            .apply("Make the mean maps", ParDo.of(new MeansFn(run, parts)))
            .setCoder(KvCoder.of(FILES, StateCoder.CLASS_MEANS))
            .apply("Spread the files again", Reshuffle.viaRandomKey())
            .apply("Compare with the means", ParDo.of(new CompareFn()))
            .setCoder(StateCoder.SUMS);
    return SumsFn.merge(
            "Merge both passes",
            PCollectionList.of(first).and(second).apply("Take both", Flatten.pCollections()))
        .apply("Test the classes", ParDo.of(new StatisticsFn(networkOrder)))
        .setCoder(new StatisticsCoder());
  }

  private static final class FindFn extends DoFn<RunFolder, List<String>> {
    private final int parts;

    FindFn(int parts) {
      this.parts = parts;
    }

    @ProcessElement
    public void find(@Element RunFolder run, OutputReceiver<List<String>> out) throws IOException {
      RecordFile.deal(run, parts).forEach(out::output);
    }
  }

  private static final class SumFn extends DoFn<List<String>, Sums> {
    @ProcessElement
    public void sum(@Element List<String> files, OutputReceiver<Sums> out) throws IOException {
      Sums sums = new Sums();
      RecordFile.read(files, sums::add);
      out.output(sums);
    }
  }

  private static final class MeansFn extends DoFn<Sums, KV<List<String>, ClassMeans>> {
    private final RunFolder run;
    private final int parts;

    MeansFn(RunFolder run, int parts) {
      this.run = run;
      this.parts = parts;
    }

    @ProcessElement
    public void make(@Element Sums sums, OutputReceiver<KV<List<String>, ClassMeans>> out)
        throws IOException {
      ClassMeans means = ClassMeans.of(sums.first());
      for (List<String> files : RecordFile.deal(run, parts)) {
        out.output(KV.of(files, means));
      }
    }
  }

  private static final class CompareFn extends DoFn<KV<List<String>, ClassMeans>, Sums> {
    @ProcessElement
    public void compare(@Element KV<List<String>, ClassMeans> files, OutputReceiver<Sums> out)
        throws IOException {
      Sums sums = new Sums();
      ClassMeans means = files.getValue();
      RecordFile.read(files.getKey(), report -> sums.compare(report, means));
      out.output(sums);
    }
  }
}
