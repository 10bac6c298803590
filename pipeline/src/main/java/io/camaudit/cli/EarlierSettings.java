package io.camaudit.cli;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageFiles;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.explain.MapPlacement;
import io.camaudit.explain.PrecisionChoice;
import io.camaudit.explain.TargetPlan;
import io.camaudit.image.DecodeLimits;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.report.RunSummary;
import io.camaudit.savedmodel.Precision;
import io.camaudit.storage.Locations;
import io.camaudit.storage.ModelFolder;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a finished run took images in and asked its model, from what its {@code run.json} says. */
final class EarlierSettings {
  private final RunFolder folder;
  private final RunSummary summary;
  private final Map<String, Object> options;

  private EarlierSettings(RunFolder folder, RunSummary summary) {
    this.folder = folder;
    this.summary = summary;
    this.options = summary.options();
  }

  /**
   * What a finished run says of itself.
   *
   * @throws UserException if there is none
   */
  static EarlierSettings of(RunFolder folder) {
    try {
      if (folder.has(RunFolder.SUMMARY)) {
        return new EarlierSettings(folder, RunSummary.read(folder.read(RunFolder.SUMMARY)));
      }
    } catch (IOException e) {
      throw FinishedRun.unreadable(folder, e);
    }
    throw UserException.wrongArguments(
        "%s holds no finished run: there is no run.json; make one with ./camaudit audit.",
        folder.root());
  }

  RunFolder folder() {
    return folder;
  }

  /** What the run says of itself. */
  RunSummary summary() {
    return summary;
  }

  /** Whether its images or its results lie somewhere that has to be waited for. */
  boolean isRemote() {
    return Locations.local(summary.input().location()).isEmpty()
        || Locations.local(folder.root()).isEmpty();
  }

  /**
   * The run's model.
   *
   * @param location as it was given, or as the run had it
   * @param folder where it is on this machine
   */
  record Model(String location, String sha256, Path folder) {}

  /**
   * Finds the run's model.
   *
   * @param given where it is now; null for where it was
   * @throws UserException if it is another
   */
  Model model(String given) {
    String where = given == null ? summary.model().path() : given;
    Path local = ModelFolder.local(where, null);
    String found = ModelFolder.sha256(local);
    if (!found.equals(summary.model().sha256())) {
      throw new UserException(
          ExitCode.MODEL_UNUSABLE,
          String.format(
              Locale.ROOT,
              "The model %s is not the one that the run in %s used (SHA-256 %s, the run's is %s): name that with --model.",
              Secrets.redact(where),
              folder.root(),
              found,
              summary.model().sha256()));
    }
    return new Model(where, found, local);
  }

  /** What it listed. */
  private InputSpec input() {
    return new InputSpec(
        summary.input().location(),
        LabelSource.valueOf(
            String.valueOf(options.getOrDefault("labels", "auto")).toUpperCase(Locale.ROOT)),
        Boolean.TRUE.equals(options.get("allow-outside")));
  }

  /**
   * The same settings, with nothing explained or written.
   *
   * @param concurrentCalls threads that call the model at the same time
   * @throws UserException if the run does not say how it was made
   */
  ExplainSettings settings(Model model, int concurrentCalls) {
    Precision precision =
        Precision.valueOf(String.valueOf(said("precision")).toUpperCase(Locale.ROOT));
    PrecisionChoice.check(precision);
    Object threshold = options.get("threshold");
    return new ExplainSettings(
        model.location(),
        model.sha256(),
        String.valueOf(said("method")),
        List.of("default"),
        TargetPlan.DEFAULT,
        null,
        threshold == null ? null : ((Number) threshold).doubleValue(),
        number("batch-size").intValue(),
        concurrentCalls,
        1,
        precision,
        new DecodeLimits(
            number("max-pixels").longValue(),
            number("max-bytes").longValue(),
            Duration.ofMillis(Math.round(1000 * number("max-seconds").doubleValue()))),
        Boolean.TRUE.equals(said("orient")),
        judge(),
        placement(),
        null,
        ImageFiles.ALL,
        false,
        null);
  }

  /** Where the model ought to look. */
  private JudgeSettings judge() {
    said("verdict");
    JudgeSettings judge = RegionOptions.of(options, input());
    try {
      return new RunListing(folder).file().map(judge::listedIn).orElse(judge);
    } catch (IOException e) {
      throw OutputFolder.cannotRead(folder, e);
    }
  }

  /** Where it laid maps. */
  private MapPlacement placement() {
    String unsaid = RunSummary.BEFORE_OPTIONS.get("placement");
    return MapPlacement.parse(String.valueOf(options.getOrDefault("placement", unsaid)));
  }

  private Number number(String name) {
    return (Number) said(name);
  }

  private Object said(String name) {
    Object value = options.get(name);
    if (value == null) {
      throw UserException.wrongArguments(
          "The run in %s does not say its --%s, so its images cannot be taken in as it did: make it again with this version.",
          folder.root(), name);
    }
    return value;
  }
}
