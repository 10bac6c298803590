package io.camaudit.gate;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageStatus;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges a run's statistics by the rules of a gate. */
public final class Gate {
  private static final String FLAGGED = "flagged-classes";

  private final GateRules rules;
  private final DatasetStatistics run;
  private final ClassRows rows;
  private final List<RuleResult> results = new ArrayList<>();

  private Gate(GateRules rules, DatasetStatistics run) {
    this.rules = rules;
    this.run = run;
    this.rows = new ClassRows(run);
  }

  /**
   * One result a rule, in the order of the file's keys and of the classes.
   *
   * @param earlier the run that {@code not-worse-than} compares with; may be null without that rule
   */
  public static List<RuleResult> judge(GateRules rules, AuditedRun audited, AuditedRun earlier) {
    DatasetStatistics run = audited.statistics();
    Gate gate = new Gate(rules, run);
    gate.images();
    for (RateKind kind : RateKind.values()) {
      GateRules.RateBounds bounds = kind.bounds(rules);
      if (bounds != null) {
        gate.results.addAll(new RateCheck(kind, bounds, rules, run).judge());
      }
    }
    gate.share(
        "empty-maps",
        "empty maps",
        rules.emptyMaps(),
        run.dataset().byStatus().getOrDefault(ImageStatus.EMPTY_MAP, 0L));
    gate.share("failures", "images without an explanation", rules.failures(), unexplained(run));
    gate.flags();
    gate.results.addAll(new ProofCheck(rules, audited).judge());
    gate.results.addAll(new StrategyCheck(rules, audited).judge());
    gate.results.addAll(FaithfulnessRule.judge(rules, audited.faithfulness()));
    if (rules.compares()) {
      gate.results.addAll(new DropCheck(rules, audited, earlier).judge());
    }
    return List.copyOf(gate.results);
  }

  private static long unexplained(DatasetStatistics run) {
    return run.dataset().byStatus().entrySet().stream()
        .filter(e -> e.getKey().isFailure() || e.getKey() == ImageStatus.NOT_FINITE)
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }

  private void images() {
    if (rules.images() == null) {
      return;
    }
    String rule = String.format(Locale.ROOT, "at least %d", rules.images().minimum());
    long images = run.dataset().images();
    results.add(
        RuleResult.of(
            "images",
            rule,
            images >= rules.images().minimum(),
            String.format(Locale.ROOT, "Images are %d; wanted is %s.", images, rule)));
  }

  private void share(String group, String what, GateRules.ShareBound bound, long count) {
    if (bound == null) {
      return;
    }
    String rule = String.format(Locale.ROOT, "at most %s", Wording.bound(bound.maximum()));
    long images = run.dataset().images();
    if (images == 0) {
      results.add(RuleResult.violated(group, rule, "The run has no images."));
      return;
    }
    Rate share = Rate.of(count, images);
    results.add(
        RuleResult.of(
            group,
            rule,
            rules.judgeBy().staysWithin(share, bound.maximum()),
            String.format(
                Locale.ROOT,
                "%s are %s; wanted is %s%s.",
                Wording.capital(what),
                Wording.rate(share, bound.maximum()),
                rule,
                Wording.basis(rules.judgeBy()))));
  }

  private void flags() {
    GateRules.FlagBound bound = rules.flaggedClasses();
    if (bound == null) {
      return;
    }
    Set<ClassRef> flagged =
        run.flags().stream()
            .map(Flag::classRef)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    allow(bound, flagged, rows);
    results.add(atMost(FLAGGED, "Flagged classes", bound, flagged, rows));
  }

  /** Judges how many classes, without those allowed, something holds for. */
  static RuleResult atMost(
      String group, String what, GateRules.FlagBound bound, Set<ClassRef> classes, ClassRows rows) {
    String rule = String.format(Locale.ROOT, "at most %d", bound.maximum());
    String names = classes.stream().map(rows::name).collect(Collectors.joining(", "));
    return RuleResult.of(
        group,
        rule,
        classes.size() <= bound.maximum(),
        String.format(
            Locale.ROOT,
            "%s are %d%s; wanted is %s%s.",
            what,
            classes.size(),
            names.isEmpty() ? "" : " (" + names + ")",
            rule,
            bound.allow().isEmpty() ? "" : ", not counting those allowed"));
  }

  /** Takes the classes out that a bound allows. */
  static void allow(GateRules.FlagBound bound, Set<ClassRef> classes, ClassRows rows) {
    for (String allowed : bound.allow()) {
      List<ClassStatistics> meant = rows.named(allowed);
      if (meant.size() == 1) {
        classes.remove(meant.get(0).classRef());
      }
    }
  }

  /**
   * The rates that gates are about: accuracy of single-label and yes-or-no models, precision and
   * recall of multi-label ones.
   */
  enum RateKind {
    ACCURACY("accuracy", "accuracy", "no image with a label that the model knows was classified"),
    PRECISION("precision", "precision", "no labelled image was predicted to be of a class"),
    RECALL("recall", "recall", "no image has a label that the model knows and was answered"),
    RIGHT_REASON(
        "right-reason-rate",
        "right-reason rate",
        "no image has a label, a region and a map to compare with it");

    final String key;
    final String words;
    private final String why;

    RateKind(String key, String words, String whyMissing) {
      this.key = key;
      this.words = words;
      this.why = whyMissing;
    }

    /** Why a run does not know the rate. */
    String whyMissing(DatasetStatistics run) {
      if (run.kind() == ModelKind.MULTI_LABEL && this == ACCURACY) {
        return "a multi-label model has no accuracy, give precision and recall";
      }
      if (run.kind() != ModelKind.MULTI_LABEL && (this == PRECISION || this == RECALL)) {
        return String.format(
            Locale.ROOT,
            "a %s model has no %s, give accuracy",
            run.kind() == null ? ModelKind.SINGLE_LABEL : run.kind(),
            words);
      }
      return why;
    }

    Rate of(ClassStatistics row) {
      return switch (this) {
        case ACCURACY -> row.accuracy();
        case PRECISION -> row.precision();
        case RECALL -> row.recall();
        case RIGHT_REASON -> row.rightReasonRate();
      };
    }

    GateRules.RateBounds bounds(GateRules rules) {
      return switch (this) {
        case ACCURACY -> rules.accuracy();
        case PRECISION -> rules.precision();
        case RECALL -> rules.recall();
        case RIGHT_REASON -> rules.rightReasonRate();
      };
    }

    Double drop(GateRules.Comparison comparison) {
      return switch (this) {
        case ACCURACY -> comparison.accuracyDrop();
        case PRECISION -> comparison.precisionDrop();
        case RECALL -> comparison.recallDrop();
        case RIGHT_REASON -> comparison.rightReasonDrop();
      };
    }
  }
}
