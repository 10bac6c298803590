package io.camaudit.job;

import io.camaudit.parquet.ExplanationTable;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes each file of records once more as a Parquet file of the same number, {@code
 * records/part-00000.jsonl} as {@code parquet/part-00000.parquet}. Every file is made on its own,
 * so the bytes do not depend on parallelism or runner.
 */
final class WriteParquet extends PTransform<PBegin, PDone> {
  private static final long serialVersionUID = 1;

  private final String records;
  private final RunFolder folder;

  private WriteParquet(String records, RunFolder folder) {
    this.records = records;
    this.folder = folder;
  }

  /**
   * @param records pattern of the files, which are there before the pipeline runs
   */
  static WriteParquet of(String records, RunFolder folder) {
    return new WriteParquet(records, folder);
  }

  @Override
  public PDone expand(PBegin input) {
    input
        .apply("TakeThePattern", Create.of(records))
        .apply("FindTheRecords", ParDo.of(new FindFn()))
        .apply("SpreadTheFiles", Reshuffle.viaRandomKey())
        .apply("Write", ParDo.of(new WriteFn(folder)));
    return PDone.in(input.getPipeline());
  }

  private static final class FindFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void find(@Element String pattern, OutputReceiver<String> out) throws IOException {
      for (List<String> files : RecordFile.match(pattern, 1)) {
        files.forEach(out::output);
      }
    }
  }

  private static final class WriteFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1;
    private final RunFolder folder;

    WriteFn(RunFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element String records) throws IOException {
      ExplanationTable table = new ExplanationTable();
      RecordFile.read(records, table::add);
      String name = records.substring(records.lastIndexOf('/') + 1);
      folder.write("parquet/" + name.replaceFirst("\\.jsonl$", ".parquet"), table.finish());
    }
  }
}
