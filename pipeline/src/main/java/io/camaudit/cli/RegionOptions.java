package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.input.ImageListing;
import io.camaudit.input.InputSpec;
import io.camaudit.measure.RegionMeasure;
import io.camaudit.measure.VerdictRule;
import io.camaudit.region.RegionSource;
import io.camaudit.storage.Storage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say where the model ought to look and when it did. */
final class RegionOptions {
  private static final String FROM_MANIFEST = "manifest";

  @Option(
      names = "--regions",
      paramLabel = "WHERE",
      description =
          "COCO JSON, a folder of Pascal VOC XML or of masks, or 'manifest' for the manifest's box columns.")
  private String regions;

  @Option(
      names = "--region-classes",
      paramLabel = "WHICH",
      defaultValue = "label",
      description = "Whose regions count: label or any. Default: ${DEFAULT-VALUE}.")
  private RegionSource.Counting counting;

  @Option(
      names = "--region-mapping",
      paramLabel = "FILE",
      description = "Maps the annotations' categories to the model's classes (YAML, JSON or CSV).")
  private String mapping;

  @Option(
      names = "--verdict",
      paramLabel = "RULE",
      defaultValue = "pointing",
      description =
          "When a map looked right, such as 'pointing', 'energy>=0.5' or 'pointing and lift>=2'. Default: ${DEFAULT-VALUE}.")
  private String verdict;

  @Option(
      names = "--pointing-tolerance",
      paramLabel = "PIXELS",
      defaultValue = "15",
      description =
          "How far from the region the peak may lie, in pixels of an input of 224 x 224. Default: ${DEFAULT-VALUE}.")
  private double tolerance;

  @Option(
      names = "--box-threshold",
      paramLabel = "SHARE",
      defaultValue = "0.15",
      description =
          "Share of the maximum from which a map's box is drawn. Default: ${DEFAULT-VALUE}.")
  private double threshold;

  JudgeSettings settings(InputSpec input) {
    try {
      RegionMeasure measure = new RegionMeasure(tolerance, threshold);
      VerdictRule rule = VerdictRule.parse(verdict);
      if (regions == null) {
        return new JudgeSettings(null, false, null, measure, rule);
      }
      if (regions.equals(FROM_MANIFEST)) {
        if (!input.isManifest()) {
          throw UserException.wrongArguments(
              "--regions manifest needs a manifest as --input, not %s.", input.location());
        }
        return new JudgeSettings(null, true, null, measure, rule);
      }
      Storage.require("--regions", regions);
      Storage.require("--region-mapping", mapping);
      return new JudgeSettings(
          new RegionSource(regions, counting, mapping),
          false,
          ImageListing.of(input),
          measure,
          rule);
    } catch (IllegalArgumentException e) {
      throw UserException.wrongArguments("%s", e.getMessage());
    }
  }

  /** The settings of a finished run, from what {@link #summary} left in its {@code run.json}. */
  static JudgeSettings of(Map<String, Object> summary, InputSpec input) {
    RegionOptions options = new RegionOptions();
    options.regions = (String) summary.get("regions");
    options.mapping = (String) summary.get("region-mapping");
    options.counting =
        RegionSource.Counting.valueOf(
            String.valueOf(summary.getOrDefault("region-classes", "label"))
                .toUpperCase(Locale.ROOT));
    options.verdict = String.valueOf(summary.get("verdict"));
    options.tolerance = ((Number) summary.get("pointing-tolerance")).doubleValue();
    options.threshold = ((Number) summary.get("box-threshold")).doubleValue();
    return options.settings(input);
  }

  Map<String, Object> summary(JudgeSettings settings) {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (regions != null) {
      summary.put("regions", regions);
      summary.put("region-classes", counting.name().toLowerCase(Locale.ROOT));
      if (mapping != null) {
        summary.put("region-mapping", mapping);
      }
    }
    summary.put("verdict", settings.rule().toString());
    summary.put("pointing-tolerance", tolerance);
    summary.put("box-threshold", threshold);
    return summary;
  }
}
