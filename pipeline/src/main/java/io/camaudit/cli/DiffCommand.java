package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.compare.ProofChange;
import io.camaudit.compare.ProofComparer;
import io.camaudit.compare.RunComparer;
import io.camaudit.compare.RunComparison;
import io.camaudit.compare.RunSettings;
import io.camaudit.compare.StrategyChange;
import io.camaudit.compare.StrategyComparer;
import io.camaudit.page.DiffPage;
import io.camaudit.proof.ProofFiles;
import io.camaudit.report.ReportJson;
import io.camaudit.report.RunSummary;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import io.camaudit.strategy.StoredStrategies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
  private String before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "The output folder of another.")
  private String after;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where diff.json and a page are written. Default: only the terminal.")
  private String output;

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
  public Integer call() throws IOException {
    if (top < 1) {
      throw UserException.wrongArguments("--top %d: must be at least 1.", top);
    }
    Storage.require("BEFORE", before);
    Storage.require("AFTER", after);
    Storage.require("--output", output);
    RunComparison comparison = compare();
    if (output != null) {
      prepareOutput();
    }
    DiffReport.print(comparison, spec.commandLine().getOut());
    if (output != null) {
      write(comparison);
      spec.commandLine().getOut().println("Page: " + new RunFolder(output).locate(DiffPage.INDEX));
    }
    return ExitCode.OK.value();
  }

  private RunComparison compare() {
    try (RecordReader from = records(before);
        RecordReader to = records(after)) {
      RunComparison comparison = RunComparer.compare(before, from, after, to, differences(), top);
      if (comparison.images().compared() == 0) {
        throw UserException.wrongArguments(
            "%s and %s have no explained image in common: images are matched by their path below the input.",
            before, after);
      }
      return comparison.with(proofs(), strategies());
    } catch (IOException | UncheckedIOException e) {
      throw UserException.wrongArguments("The records cannot be read: %s.", e.getMessage());
    }
  }

  /**
   * Only a folder that holds a comparison is replaced: its folders have names that others use too.
   */
  private void prepareOutput() throws IOException {
    RunFolder folder = new RunFolder(output);
    boolean replaces = folder.has("diff.json");
    OutputFolder.prepare(folder, overwrite && replaces, DiffPage.FILES);
  }

  /** Null unless both runs have a proof. */
  private List<ProofChange> proofs() throws IOException {
    RunFolder from = new RunFolder(before);
    RunFolder to = new RunFolder(after);
    if (!from.has(RunFolder.PROOF) || !to.has(RunFolder.PROOF)) {
      return null;
    }
    ProofComparer comparer =
        new ProofComparer(
            ProofFiles.read(from.read(RunFolder.PROOF)), ProofFiles.read(to.read(RunFolder.PROOF)));
    try (InputStream in = from.stream(ProofFiles.ANSWERS)) {
      ProofFiles.answers(in, comparer::before);
    }
    try (InputStream in = to.stream(ProofFiles.ANSWERS)) {
      ProofFiles.answers(in, comparer::after);
    }
    return comparer.result();
  }

  /** Null unless both runs looked for strategies. */
  private List<StrategyChange> strategies() throws IOException {
    StoredStrategies from = StoredStrategies.of(new RunFolder(before));
    StoredStrategies to = StoredStrategies.of(new RunFolder(after));
    return from == null || to == null ? null : StrategyComparer.compare(from, to);
  }

  /** A run that ended early has no summary, but its records can be compared. */
  private List<String> differences() throws IOException {
    RunFolder from = new RunFolder(before);
    RunFolder to = new RunFolder(after);
    return from.has("run.json") && to.has("run.json")
        ? RunSettings.differences(summary(from), summary(to))
        : List.of("One of the runs has no run.json: how it was made is not known.");
  }

  private static RunSummary summary(RunFolder run) throws IOException {
    return RunSummary.read(run.read("run.json"));
  }

  private static RecordReader records(String run) throws IOException {
    List<String> files = RecordFile.of(new RunFolder(run));
    if (files.isEmpty()) {
      throw UserException.wrongArguments(
          "%s holds no finished run: there are no records; make one with ./camaudit audit.", run);
    }
    return new RecordReader(files);
  }

  private void write(RunComparison comparison) {
    RunFolder folder = new RunFolder(output);
    folder.write("diff.json", ReportJson.document(comparison));
    try {
      DiffPage.write(comparison, new RunFolder(before), new RunFolder(after), folder);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(Locale.ROOT, "The page cannot be written: %s.", e.getMessage()),
          e);
    }
  }
}
