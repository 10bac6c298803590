package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.compare.RunComparer;
import io.camaudit.compare.RunComparison;
import io.camaudit.compare.RunSettings;
import io.camaudit.page.DiffPage;
import io.camaudit.report.ReportJson;
import io.camaudit.report.RunSummary;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two finished runs over the same images. */
@Command(
    name = "diff",
    description = "Compares two runs over the same images: two models, or one over time.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The output folder of an audit.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "The output folder of another.")
  private Path after;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where diff.json and a page are written. Default: only the terminal.")
  private Path output;

  @Option(
      names = "--overwrite",
      description = "Replace an earlier comparison in the output folder.")
  private boolean overwrite;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most images in each list. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public Integer call() {
    if (top < 1) {
      throw UserException.wrongArguments("--top %d: must be at least 1.", top);
    }
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    RunComparison comparison = compare();
    if (output != null) {
      prepareOutput();
    }
    DiffReport.print(comparison, spec.commandLine().getOut());
    if (output != null) {
      write(comparison);
      spec.commandLine().getOut().println("Page: " + output.resolve(DiffPage.INDEX));
    }
    return ExitCode.OK.value();
  }

  private RunComparison compare() {
    try (RecordReader from = records(before);
        RecordReader to = records(after)) {
      RunComparison comparison =
          RunComparer.compare(before.toString(), from, after.toString(), to, differences(), top);
      if (comparison.images().compared() == 0) {
        throw UserException.wrongArguments(
            "%s and %s have no explained image in common: images are matched by their path below the input.",
            before, after);
      }
      return comparison;
    } catch (IOException | UncheckedIOException e) {
      throw UserException.wrongArguments("The records cannot be read: %s.", e.getMessage());
    }
  }

  /**
   * Only a folder that holds a comparison is replaced: its folders have names that others use too.
   */
  private void prepareOutput() {
    boolean replaces = Files.exists(output.resolve("diff.json"));
    OutputFolder.prepare(new RunFolder(output.toString()), overwrite && replaces, DiffPage.FILES);
  }

  /** A run that ended early has no summary, but its records can be compared. */
  private List<String> differences() throws IOException {
    Path from = before.resolve("run.json");
    Path to = after.resolve("run.json");
    return Files.exists(from) && Files.exists(to)
        ? RunSettings.differences(summary(from), summary(to))
        : List.of("One of the runs has no run.json: how it was made is not known.");
  }

  private static RunSummary summary(Path file) throws IOException {
    return RunSummary.read(Files.readAllBytes(file));
  }

  private static RecordReader records(Path run) throws IOException {
    List<String> files = RecordFile.of(new RunFolder(run.toString()));
    if (files.isEmpty()) {
      throw UserException.wrongArguments(
          "%s holds no finished run: there are no records; make one with ./camaudit audit.", run);
    }
    return new RecordReader(files);
  }

  private void write(RunComparison comparison) {
    new RunFolder(output.toString()).write("diff.json", ReportJson.document(comparison));
    try {
      DiffPage.write(comparison, before, after, output);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(Locale.ROOT, "The page cannot be written: %s.", e.getMessage()),
          e);
    }
  }
}
