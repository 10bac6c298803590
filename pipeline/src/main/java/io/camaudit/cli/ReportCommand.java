package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.page.PageSummary;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a run's page again. */
@Command(
    name = "report",
    description = "Makes the page of a finished run again, in its folder's report/.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN_DIR", description = "The output folder of an audit.")
  private String run;

  @Option(
      names = "--gallery-images",
      paramLabel = "N",
      defaultValue = "24",
      description = "Most images of one class and verdict on the page. Default: ${DEFAULT-VALUE}.")
  private int galleryImages;

  @Override
  public Integer call() {
    Storage.require("RUN_DIR", run);
    PageSummary page = RunPage.write(new RunFolder(run), galleryImages);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Page with %,d images of %,d classes: %s%n",
            page.images(),
            page.classes(),
            page.index());
    return ExitCode.OK.value();
  }
}
