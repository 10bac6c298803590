package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.fiftyone.FiftyOneExport;
import io.camaudit.fiftyone.RunView;
import io.camaudit.gate.AuditedRun;
import io.camaudit.report.RunSummary;
import io.camaudit.storage.Locations;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Secrets;
import io.camaudit.storage.Storage;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a run for another program to look at. */
@Command(
    name = "fiftyone",
    description =
        "Writes a finished run as a dataset that FiftyOne imports: photographs by their paths, predictions, heatmaps, verdicts, regions.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class FiftyOneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN_DIR", description = "The output folder of an audit.")
  private String run;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Where the dataset is written, a local folder.")
  private String output;

  @Option(names = "--overwrite", description = "Replace an earlier dataset in the output folder.")
  private boolean overwrite;

  @Override
  public Integer call() {
    Storage.require("RUN_DIR", run);
    RunFolder to = new RunFolder(output);
    if (to.local().isEmpty()) {
      throw UserException.wrongArguments(
          "--output %s: FiftyOne reads local folders only.", Secrets.redact(output));
    }
    RunFolder from = new RunFolder(run);
    AuditedRun audited = RunGate.read(from);
    try (RecordReader records = new RecordReader(RecordFile.of(from))) {
      RunSummary summary = RunSummary.read(from.read(RunFolder.SUMMARY));
      OutputFolder.prepare(to, overwrite && to.has(FiftyOneExport.SAMPLES), FiftyOneExport.FILES);
      long samples =
          new FiftyOneExport(
                  new RunView(
                      summary,
                      audited.statistics(),
                      audited.proofs(),
                      RunPage.outlines(from, summary)))
              .write(records, to);
      tell(samples, summary);
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw new UserException(
          ExitCode.STORAGE,
          String.format(Locale.ROOT, "The dataset cannot be written: %s.", StorageReason.of(cause)),
          e);
    }
    return ExitCode.OK.value();
  }

  private void tell(long samples, RunSummary summary) {
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "FiftyOne: %,d samples in %s%n", samples, output);
    String root = summary.input().root();
    if (Locations.local(root).isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "camaudit: the photographs lie in %s, where FiftyOne may not be able to read them%n",
              Secrets.redact(root));
    }
  }
}
