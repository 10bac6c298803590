package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.cue.ClassSwap;
import io.camaudit.cue.CueFinder;
import io.camaudit.cue.CueMasks;
import io.camaudit.cue.CueReport;
import io.camaudit.cue.CueSet;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.explain.InputModel;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.Precision;
import io.camaudit.stats.RateChange;
import io.camaudit.stats.Separation;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Storage;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a cue that a person points at through a finished run. */
@Command(
    name = "cue",
    description =
        "Finds what some images of a run share in the model's channels, ranks all images by it, and says what the model answers without it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CueCommand implements Callable<Integer> {
  /** A mask of a large photograph takes some kilobytes until all are written. */
  private static final int MOST_MASKS = 10_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN_DIR",
      description = "The output folder of an audit that was made with --channels.")
  private String run;

  @ArgGroup(multiplicity = "1")
  private CueImages images;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Where the run's model is now. Default: where the run found it.")
  private String model;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Images in the ranking. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--masks",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Images at most in which the place of the cue is masked, those with most of it; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int masks;

  @Override
  public Integer call() {
    Storage.require("RUN_DIR", run);
    Storage.require("--model", model);
    if (top < 1 || top > 1_000_000) {
      throw UserException.wrongArguments("--top %d: must be between 1 and 1,000,000.", top);
    }
    if (masks < 0 || masks > MOST_MASKS) {
      throw UserException.wrongArguments(
          "--masks %d: must be between 0 and %,d.", masks, MOST_MASKS);
    }
    RunFolder folder = new RunFolder(run);
    EarlierSettings earlier = EarlierSettings.of(folder);
    int processors = Runtime.getRuntime().availableProcessors();
    // Whatever the run computed with, what the model answers without the cue is by its own weights.
    ExplainSettings settings =
        earlier
            .settings(earlier.model(model), processors)
            .withoutRegions()
            .withPrecision(Precision.FLOAT32);
    try {
      ChannelFiles files =
          ChannelFiles.of(folder)
              .orElseThrow(
                  () ->
                      UserException.wrongArguments(
                          "The run in %s has no channels: make it with --channels.",
                          folder.root()));
      CueSet set = new CueSet(images.names(folder, files));
      RunListing listing = new RunListing(folder);
      if (masks > 0) {
        listing.require();
      }
      RunLock.alone(folder, () -> follow(files, set, settings, earlier, listing));
    } catch (IOException e) {
      throw new UserException(
          ExitCode.STORAGE,
          String.format(
              Locale.ROOT,
              "The run in %s cannot be read or written: %s.",
              folder.root(),
              StorageReason.of(e)),
          e);
    }
    spec.commandLine().getOut().println("Written to " + folder.locate(RunFolder.CUE_FOLDER));
    return ExitCode.OK.value();
  }

  private void follow(
      ChannelFiles files,
      CueSet set,
      ExplainSettings settings,
      EarlierSettings earlier,
      RunListing listing)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ConsoleProgress progress = new ConsoleProgress(err, System.console() != null);
    CueReport report;
    try (ImageExplainer explainer = ImageExplainer.open(settings)) {
      InputModel asked = explainer.inputs();
      ModelCard card = explainer.card();
      CueMasks where =
          new CueMasks(
              masks,
              asked,
              settings.concurrentCalls(),
              settings.placement().layout(card.layer(card.defaultLayer()), card.input()),
              listing::images,
              progress);
      report = new CueFinder(files, set, card, asked.head(), top, where).write(earlier.folder());
    } finally {
      progress.end();
    }
    tell(report, out);
    tellMasks(report, out, err);
  }

  private static void tell(CueReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Cue: its direction is made by %,d of the %,d images and %,d others%n",
        report.madeBy(),
        report.images(),
        report.madeAgainst());
    Separation apart = report.separation();
    if (apart != null) {
      out.printf(
          Locale.ROOT,
          "Of the images that did not make it, it tells the %,d with the cue from %,d others: AUC %.2f (95 %% %.2f to %.2f)%n",
          apart.count(),
          apart.others(),
          apart.auc(),
          apart.low(),
          apart.high());
    }
    if (report.classes() == null) {
      out.println(
          "What the model answers without it cannot be said: its answers do not follow from these channels alone.");
      return;
    }
    for (ClassSwap each : report.classes()) {
      tell(each.classRef().name(), "with the cue", each.withCue(), out);
      tell(each.classRef().name(), "others", each.others(), out);
    }
  }

  private static void tellMasks(CueReport report, PrintWriter out, PrintWriter err) {
    CueMasks.Made made = report.masks();
    if (made == null) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "Masks: of %,d of the %,d images that count as showing it, in %s%n",
        made.masked(),
        report.bearing(),
        CueMasks.REGIONS);
    if (!made.lost().isEmpty()) {
      CueMasks.Lost first = made.lost().get(0);
      err.printf(
          Locale.ROOT,
          "camaudit: %,d images have no mask because they could not be read again, such as %s (%s)%n",
          made.lost().size(),
          first.image(),
          first.reason());
    }
  }

  /** Classes that keep all their names are in the file. */
  private static void tell(String name, String which, RateChange change, PrintWriter out) {
    if (change != null && change.lost() + change.gained() > 0) {
      out.printf(
          Locale.ROOT,
          "Without it: %s, %s: %,d of %,d named rightly, %,d before%n",
          name,
          which,
          change.after().count(),
          change.after().of(),
          change.before().count());
    }
  }
}
