package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.compare.RunComparer;
import io.camaudit.compare.RunComparison;
import io.camaudit.page.DiffPage;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
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
    if (output != null) {
      OutputFolder.prepare(new RunFolder(output.toString()), overwrite, DiffPage.FILES);
    }
    RunComparison comparison = compare();
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
          RunComparer.compare(before.toString(), from, after.toString(), to, top);
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
          ExitCode.STORAGE, "The page cannot be written: %s.".formatted(e.getMessage()), e);
    }
  }
}
