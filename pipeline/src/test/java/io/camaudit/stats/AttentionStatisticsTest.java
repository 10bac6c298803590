package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.stats.SyntheticReports.Habit;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttentionStatisticsTest {
  private static final SyntheticReports REPORTS =
      SyntheticReports.of(77, 6, 40).with(1, Habit.CORNER_STAMP);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void directRunnerGivesTheBytesOfThePlainPass(int parallelism) throws IOException {
    assertSameBytes(direct(parallelism), REPORTS, parallelism);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void flinkGivesTheBytesOfThePlainPass(int parallelism) throws IOException {
    assertSameBytes(flink(parallelism), REPORTS, 10 + parallelism);
  }

  @Test
  void severalLayersToo() throws IOException {
    assertSameBytes(direct(2), REPORTS.at(3), 40);
    assertSameBytes(flink(2), REPORTS.at(3), 41);
  }

  @Test
  void unlabelledDatasetsToo() throws IOException {
    assertSameBytes(direct(2), REPORTS.unlabelled(), 20);
  }

  @Test
  void emptyDatasetsToo() throws IOException {
    assertSameBytes(direct(2), SyntheticReports.of(1, 0, 0), 30);
    assertSameBytes(flink(2), SyntheticReports.of(1, 0, 0), 31);
  }

  private static PipelineOptions direct(int parallelism) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    options.as(DirectOptions.class).setTargetParallelism(parallelism);
    return options;
  }

  private static PipelineOptions flink(int parallelism) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(FlinkRunner.class);
    options.as(FlinkPipelineOptions.class).setFlinkMaster("[local]");
    options.as(FlinkPipelineOptions.class).setParallelism(parallelism);
    return options;
  }

  /** Both ways in, with the reports in another order and in other files at each parallelism. */
  private void assertSameBytes(PipelineOptions options, SyntheticReports reports, int seed)
      throws IOException {
    byte[] expected = StatisticsFiles.json(StatisticsBuilder.of(reports.list()));
    List<byte[]> lines = new ArrayList<>();
    reports.list().forEach(report -> lines.add(ReportJson.line(report)));
    Collections.shuffle(lines, new Random(seed));
    Path run = directory.resolve("run-" + seed);
    Path records = Files.createDirectories(run.resolve("records"));
    writeRecords(records, lines, seed + 1);
    Path file = directory.resolve("reports-%d.json".formatted(seed));
    Path fileOfRecords = directory.resolve("records-%d.json".formatted(seed));

    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Lines", Create.of(lines).withCoder(ByteArrayCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Read", ParDo.of(new ReadFn()))
        .setCoder(new ReportCoder())
        .apply("Summarise", new AttentionStatistics())
        .apply("Write", ParDo.of(new WriteFn(file.toString())));
    pipeline
        .apply(
            "Summarise records",
            new RecordStatistics(new RunFolder(run.toString()), 1 + seed % 5, List.of()))
        .apply("Write of records", ParDo.of(new WriteFn(fileOfRecords.toString())));
    pipeline.run().waitUntilFinish();

    assertThat(file).hasBinaryContent(expected);
    assertThat(fileOfRecords).hasBinaryContent(expected);
  }

  private static void writeRecords(Path folder, List<byte[]> lines, int files) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      // Files of very different lengths.
      Path file = folder.resolve("%d.jsonl".formatted(i * i % files));
      Files.write(file, lines.get(i), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.write(file, new byte[] {'\n'}, StandardOpenOption.APPEND);
    }
  }

  private static final class ReadFn extends DoFn<byte[], ImageReport> {
    @ProcessElement
    public void read(@Element byte[] line, OutputReceiver<ImageReport> out) throws IOException {
      out.output(ReportJson.report(line));
    }
  }

  /** Fails when a second element comes: there is one result. */
  private static final class WriteFn extends DoFn<DatasetStatistics, Void> {
    private final String file;

    WriteFn(String file) {
      this.file = file;
    }

    @ProcessElement
    public void write(@Element DatasetStatistics statistics) {
      try {
        Files.write(Path.of(file), StatisticsFiles.json(statistics), StandardOpenOption.CREATE_NEW);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class ReportCoder extends CustomCoder<ImageReport> {
    @Override
    public void encode(ImageReport value, OutputStream out) throws IOException {
      ByteArrayCoder.of().encode(ReportJson.line(value), out);
    }

    @Override
    public ImageReport decode(InputStream in) throws IOException {
      return ReportJson.report(ByteArrayCoder.of().decode(in));
    }
  }
}
