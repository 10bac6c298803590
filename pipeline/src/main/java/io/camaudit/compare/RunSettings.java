package io.camaudit.compare;

import io.camaudit.report.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What two runs' summaries say of their making that a difference could come from. */
public final class RunSettings {
  /** Options that decide what a map, a number or a verdict is. */
  private static final List<String> DECISIVE =
      List.of(
          "method",
          "layers",
          "targets",
          "versus",
          "threshold",
          "precision",
          "placement",
          "orient",
          "region-classes",
          "verdict",
          "pointing-tolerance",
          "box-threshold");

  private RunSettings() {}

  /** One sentence for everything but the model that differs. */
  public static List<String> differences(RunSummary before, RunSummary after) {
    List<String> sentences = new ArrayList<>();
    for (String option : DECISIVE) {
      Object from = before.options().getOrDefault(option, RunSummary.BEFORE_OPTIONS.get(option));
      Object to = after.options().getOrDefault(option, RunSummary.BEFORE_OPTIONS.get(option));
      if (!Objects.equals(from, to)) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "The runs were made with another --%s, %s and %s: a change may come from that.",
                option,
                words(from),
                words(to)));
      }
    }
    if (!Objects.equals(before.model().geometry(), after.model().geometry())) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "The models see photographs differently (%s and %s), so places are not the same.",
              before.model().geometry().kind(),
              after.model().geometry().kind()));
    }
    return sentences;
  }

  private static String words(Object option) {
    return option == null ? "none" : option.toString();
  }
}
