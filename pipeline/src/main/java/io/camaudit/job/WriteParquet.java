package io.camaudit.job;

import io.camaudit.Batches;
import io.camaudit.parquet.ExplanationTable;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes the records once more as Parquet files, so many files of records in each: {@code
 * records/part-00000.jsonl} and those after it as {@code parquet/part-00000.parquet}. Every file is
 * made on its own, so the bytes do not depend on parallelism or runner.
 */
final class WriteParquet extends PTransform<PBegin, PDone> {
  private static final long serialVersionUID = 1;

  private final RunFolder folder;
  private final int filesInEach;

  private WriteParquet(RunFolder folder, int filesInEach) {
    this.folder = folder;
    this.filesInEach = filesInEach;
  }

  /**
   * @param folder whose records are there before the pipeline runs
   * @param filesInEach files of records that become one table
   */
  static WriteParquet of(RunFolder folder, int filesInEach) {
    return new WriteParquet(folder, filesInEach);
  }

  @Override
  public PDone expand(PBegin input) {
    input
        .apply("TakeTheRun", Create.of(folder).withCoder(SerializableCoder.of(RunFolder.class)))
        .apply("FindTheRecords", ParDo.of(new FindFn(filesInEach)))
        .apply("SpreadTheFiles", Reshuffle.viaRandomKey())
        .apply("Write", ParDo.of(new WriteFn(folder)));
    return PDone.in(input.getPipeline());
  }

  private static final class FindFn extends DoFn<RunFolder, KV<Integer, List<String>>> {
    private static final long serialVersionUID = 1;
    private final int filesInEach;

    FindFn(int filesInEach) {
      this.filesInEach = filesInEach;
    }

    @ProcessElement
    public void find(@Element RunFolder run, OutputReceiver<KV<Integer, List<String>>> out)
        throws IOException {
      int number = 0;
      for (List<String> files : Batches.of(RecordFile.of(run), filesInEach)) {
        out.output(KV.of(number, List.copyOf(files)));
        number++;
      }
    }
  }

  private static final class WriteFn extends DoFn<KV<Integer, List<String>>, Void> {
    private static final long serialVersionUID = 1;
    private final RunFolder folder;

    WriteFn(RunFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element KV<Integer, List<String>> records) throws IOException {
      ExplanationTable table = new ExplanationTable();
      RecordFile.read(records.getValue(), table::add);
      String name = String.format(Locale.ROOT, "parquet/part-%05d.parquet", records.getKey());
      folder.write(name, table.finish());
    }
  }
}
