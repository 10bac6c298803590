package io.camaudit.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.camaudit.proof.Proofs;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.RunSummary;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.strategy.StoredStrategies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What gates look at of a finished run.
 *
 * @param options of its {@code run.json}: how it was made
 * @param faithfulness of its {@code run.json} likewise; null if it was not measured
 * @param proofs of its {@code proof.json}; null without one
 * @param strategies of its {@code strategies.json}; null without one
 */
public record AuditedRun(
    DatasetStatistics statistics,
    JsonNode options,
    Faithfulness faithfulness,
    Proofs proofs,
    StoredStrategies strategies) {
  /** What decides whether a model looked right at an image, apart from the model and the data. */
  private static final List<String> JUDGING =
      List.of(
          "method",
          "judged-map",
          "placement",
          "region-classes",
          "verdict",
          "pointing-tolerance",
          "box-threshold");

  /** An option of a run of which options are known. */
  private Optional<String> option(String name) {
    JsonNode value = options.path(name);
    return options.isMissingNode()
        ? Optional.empty()
        : Optional.ofNullable(
            value.isMissingNode() ? RunSummary.BEFORE_OPTIONS.get(name) : value.asText());
  }

  /** A run of which nothing but the numbers is known. */
  static AuditedRun of(DatasetStatistics statistics) {
    return new AuditedRun(statistics, MissingNode.getInstance(), null, null, null);
  }

  /**
   * Of what precisions an earlier run and this one are, such as {@code precision was float32 and is
   * bfloat16}; empty if of the same, or if that is not known of one of them.
   */
  Optional<String> computedUnlike(AuditedRun earlier) {
    Optional<String> before = earlier.option("precision");
    Optional<String> now = option("precision");
    return before.isPresent() && now.isPresent() && !before.equals(now)
        ? Optional.of(
            String.format(Locale.ROOT, "precision was %s and is %s", before.get(), now.get()))
        : Optional.empty();
  }

  /**
   * In which options that decide about looking right an earlier run differs, such as {@code verdict
   * was pointing and is pointing and lift>=2}; options that one of the runs does not name are no
   * difference, but for those whose value before there was a choice is known.
   */
  List<String> judgedUnlike(AuditedRun earlier) {
    List<String> differences = new ArrayList<>();
    for (String option : JUDGING) {
      Optional<String> before = earlier.option(option);
      Optional<String> now = option(option);
      if (before.isPresent() && now.isPresent() && !before.equals(now)) {
        differences.add(
            String.format(Locale.ROOT, "%s was %s and is %s", option, before.get(), now.get()));
      }
    }
    return differences;
  }
}
