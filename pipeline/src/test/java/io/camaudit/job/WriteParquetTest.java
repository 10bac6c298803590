package io.camaudit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.parquet.ExplanationTable;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteParquetTest {
  @TempDir Path folder;

  @Test
  void everyFileOfRecordsBecomesAFileOfTheSameNumber() throws IOException {
    byte[] first = write(0, 1024);
    byte[] second = write(1, 3);
    run();
    assertThat(folder.resolve("parquet/part-00000.parquet")).hasBinaryContent(first);
    assertThat(folder.resolve("parquet/part-00001.parquet")).hasBinaryContent(second);
    assertThat(folder.resolve("parquet").toFile().list()).hasSize(2);
  }

  @Test
  void noRecordsAreNoFile() {
    run();
    assertThat(folder.resolve("parquet")).doesNotExist();
  }

  @Test
  void aDamagedRecordIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("records"));
    Files.writeString(folder.resolve("records/part-00000.jsonl"), "{\"image\": 1");
    assertThatThrownBy(this::run)
        .hasMessageContaining("part-00000.jsonl, line 1: not the record of an image");
  }

  private void run() {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=2").create());
    RunFolder run = new RunFolder(folder.toString());
    pipeline.apply(WriteParquet.of(run, 1));
    pipeline.run().waitUntilFinish();
  }

  /** Writes records and gives the Parquet file that they should become. */
  private byte[] write(int part, int images) throws IOException {
    ExplanationTable table = new ExplanationTable();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    IntStream.range(0, images)
        .mapToObj(
            i ->
                ImageReport.failure(
                    "%d-%d.jpg".formatted(part, i), ImageStatus.CORRUPT, "Cut off.", null, null))
        .forEach(
            report -> {
              table.add(report);
              lines.writeBytes(ReportJson.line(report));
              lines.write('\n');
            });
    Files.createDirectories(folder.resolve("records"));
    Files.write(folder.resolve("records/part-%05d.jsonl".formatted(part)), lines.toByteArray());
    return table.finish();
  }
}
