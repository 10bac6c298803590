package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RunFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * Aggregates generated reports and prints the time; the heap's limit is that of the JVM, so that it
 * ends at all says that memory is bounded. Writes the reports to files first (1.6 kB each), reads
 * them with {@link RecordStatistics} on the DirectRunner, then aggregates the same reports without
 * files and without Beam, and compares the bytes. No unit test; to run it:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -pl pipeline -am
 * cd pipeline
 * java -Xmx512m -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     io.camaudit.stats.MillionReportsBenchmark FOLDER 1000 1000
 * </pre>
 */
final class MillionReportsBenchmark {
  private static final int FILES = 8;
  private static final int WORKERS = 2;

  private MillionReportsBenchmark() {}

  /** FOLDER CLASSES IMAGES_PER_CLASS. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int classes = Integer.parseInt(arguments[1]);
    int images = Integer.parseInt(arguments[2]);
    List<ImageReport> reports = SyntheticReports.of(1, classes, images).list();

    long start = System.nanoTime();
    long bytes = write(folder, reports);
    print(
        "wrote %d reports of %d classes, %.0f MB, in %.1f s",
        images * (long) classes, classes, bytes / 1e6, seconds(start));

    start = System.nanoTime();
    aggregateRecords(folder);
    print("RecordStatistics, DirectRunner with %d workers: %.1f s", WORKERS, seconds(start));

    start = System.nanoTime();
    byte[] plain = StatisticsFiles.json(StatisticsBuilder.of(reports));
    print("generated and aggregated without files and Beam, one thread: %.1f s", seconds(start));

    byte[] fromRecords = Files.readAllBytes(folder.resolve("classes.json"));
    print(
        "classes.json: %.1f MB, %s",
        plain.length / 1e6,
        java.util.Arrays.equals(plain, fromRecords) ? "the same bytes" : "DIFFERENT BYTES");
    print("heap limit: %d MB", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static long write(Path folder, List<ImageReport> reports) throws IOException {
    long bytes = 0;
    for (int file = 0; file < FILES; file++) {
      Path path =
          Files.createDirectories(folder.resolve("records")).resolve("%d.jsonl".formatted(file));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
        // Every class is in every file.
        for (int i = file; i < reports.size(); i += FILES) {
          byte[] line = ReportJson.line(reports.get(i));
          out.write(line);
          out.write('\n');
          bytes += line.length + 1;
        }
      }
    }
    return bytes;
  }

  private static void aggregateRecords(Path folder) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    options.as(DirectOptions.class).setTargetParallelism(WORKERS);
    options.as(DirectOptions.class).setEnforceImmutability(false);
    options.as(DirectOptions.class).setEnforceEncodability(false);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(new RecordStatistics(new RunFolder(folder.toString()), WORKERS, List.of()))
        .apply(ParDo.of(new WriteFn(folder.resolve("classes.json").toString())));
    pipeline.run().waitUntilFinish();
  }

  private static final class WriteFn extends DoFn<DatasetStatistics, Void> {
    private final String file;

    WriteFn(String file) {
      this.file = file;
    }

    @ProcessElement
    public void write(@Element DatasetStatistics statistics) throws IOException {
      Files.write(Path.of(file), StatisticsFiles.json(statistics));
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
