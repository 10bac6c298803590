package io.camaudit.gate;

import io.camaudit.gate.Gate.RateKind;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far the whole and each class of an earlier run may fall. */
final class DropCheck {
  private static final String GROUP = "not-worse-than";

  private final GateRules rules;
  private final DatasetStatistics run;
  private final DatasetStatistics earlier;

  DropCheck(GateRules rules, DatasetStatistics run, DatasetStatistics earlier) {
    this.rules = rules;
    this.run = run;
    this.earlier = earlier;
  }

  List<RuleResult> judge() {
    if (run.groupedBy() != earlier.groupedBy()) {
      String why =
          "The earlier run's classes are by %s, this run's by %s, so they say different things.";
      return List.of(
          RuleResult.violated(GROUP, "same grouping", why.formatted(words(earlier), words(run))));
    }
    List<RuleResult> results = new ArrayList<>();
    for (RateKind kind : RateKind.values()) {
      Double margin = kind.drop(rules.notWorseThan());
      if (margin != null) {
        results.add(judge(kind, margin, earlier.dataset(), Optional.of(run.dataset()), 1));
        for (ClassStatistics before : earlier.classes()) {
          Optional<ClassStatistics> now = ClassRows.same(run, before.classRef());
          results.add(judge(kind, margin, before, now, rules.minimumImages()));
        }
      }
    }
    return results;
  }

  private RuleResult judge(
      RateKind kind,
      double margin,
      ClassStatistics before,
      Optional<ClassStatistics> now,
      long minimumImages) {
    String of = Words.of(before.classRef());
    String subject = Words.capital(kind.words) + " of " + of;
    String rule = "%s of %s down by at most %s".formatted(kind.words, of, Words.points(margin));
    if (now.isEmpty()) {
      return RuleResult.violated(
          GROUP, rule, "The run has no images of %s, the earlier run has.".formatted(of));
    }
    Rate from = kind.of(before);
    Rate to = kind.of(now.get());
    if (from == null && before.classRef() == null) {
      return RuleResult.violated(
          GROUP,
          rule,
          "%s is not known of the earlier run: %s.".formatted(subject, kind.whyMissing));
    }
    if (from == null || from.of() < minimumImages) {
      return RuleResult.skipped(
          GROUP,
          rule,
          "%s is known of %d images of the earlier run; minimum-images is %d."
              .formatted(subject, from == null ? 0 : from.of(), minimumImages));
    }
    if (to == null) {
      return RuleResult.violated(
          GROUP, rule, "%s is no longer known: %s.".formatted(subject, kind.whyMissing));
    }
    return RuleResult.of(
        GROUP,
        rule,
        JudgeBy.fellAtMost(from, to, margin),
        "%s was %s and is %s; it may fall by at most %s."
            .formatted(subject, Words.rate(from), Words.rate(to), Words.points(margin)));
  }

  private static String words(DatasetStatistics run) {
    return run.groupedBy().name().toLowerCase(java.util.Locale.ROOT);
  }
}
