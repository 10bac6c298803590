package io.camaudit.cli;

import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.storage.Locations;
import io.camaudit.storage.Storage;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which images an audit is about, and what their labels are. */
final class InputOptions {
  @Option(
      names = "--input",
      paramLabel = "WHERE",
      required = true,
      description =
          "A folder, a pattern in quotes such as 'photos/**.jpg', an image, or a list of images with their labels (CSV, JSON, JSON Lines, text).")
  private String input;

  @Option(
      names = "--allow-outside",
      description =
          "Read images outside of the input's folder too: a manifest's paths with .. or from the root, and links that lead out of it.")
  private boolean allowOutside;

  @Option(
      names = "--labels",
      paramLabel = "SOURCE",
      defaultValue = "auto",
      description =
          "auto: for multi-label models the categories of annotations in --regions, else folders' names that mean a class; folder: the innermost folder's name whatever it is; none. A list's labels count unless none. Default: ${DEFAULT-VALUE}.")
  private LabelSource labels;

  /**
   * What the options mean, which is not looked for yet.
   *
   * @throws io.camaudit.UserException if there is no file system for it
   */
  InputSpec spec() {
    Storage.require("--input", input);
    return new InputSpec(input, labels, allowOutside);
  }

  /** Whether what is given lies on a local disk; a list there may name images elsewhere. */
  boolean isLocal() {
    return Locations.local(input).isPresent();
  }

  LabelSource labels() {
    return labels;
  }

  /** Adds what decides the results. */
  void addDecisive(Map<String, Object> summary) {
    summary.put("labels", labels.name().toLowerCase(Locale.ROOT));
  }

  /** Adds what was allowed and decides nothing of an image that was read. */
  void addOthers(Map<String, Object> summary) {
    summary.put("allow-outside", allowOutside);
  }
}
