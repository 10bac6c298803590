package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.page.PageSummary;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private GalleryOptions gallery;

  @Override
  public Integer call() {
    gallery.check();
    Storage.require("RUN_DIR", run);
    RunFolder folder = new RunFolder(run);
    EarlierSettings.of(folder); // a folder without a run is not to be locked
    PageSummary page;
    try (RunLock lock = RunLock.take(folder)) {
      page = RunPage.write(folder, gallery.images());
    }
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
