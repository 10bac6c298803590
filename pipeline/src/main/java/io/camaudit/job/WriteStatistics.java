package io.camaudit.job;

import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.StatisticsFiles;
import io.camaudit.storage.RunFolder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Writes the statistics, once for programs and once for spreadsheets. */
final class WriteStatistics extends PTransform<PCollection<DatasetStatistics>, PDone> {
  private static final long serialVersionUID = 1;

  private final RunFolder folder;

  private WriteStatistics(RunFolder folder) {
    this.folder = folder;
  }

  static WriteStatistics to(RunFolder folder) {
    return new WriteStatistics(folder);
  }

  @Override
  public PDone expand(PCollection<DatasetStatistics> statistics) {
    statistics.apply("Write", ParDo.of(new WriteFn(folder)));
    return PDone.in(statistics.getPipeline());
  }

  private static final class WriteFn extends DoFn<DatasetStatistics, Void> {
    private static final long serialVersionUID = 1;
    private final RunFolder folder;

    WriteFn(RunFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element DatasetStatistics statistics) {
      folder.write("classes.json", StatisticsFiles.json(statistics));
      folder.write("classes.csv", StatisticsFiles.csv(statistics));
    }
  }
}
