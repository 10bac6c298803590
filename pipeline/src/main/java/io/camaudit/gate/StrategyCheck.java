package io.camaudit.gate;

import io.camaudit.gate.RuleResult.Outcome;
import io.camaudit.stats.Rate;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much of each class may be in strategies that do badly, which a rate of the whole class hides.
 */
final class StrategyCheck {
  private static final String KEY = "strategies";

  private final GateRules rules;
  private final GateRules.StrategyBounds bounds;
  private final AuditedRun run;
  private final ClassRows rows;

  StrategyCheck(GateRules rules, AuditedRun run) {
    this.rules = rules;
    this.bounds = rules.strategies();
    this.run = run;
    this.rows = new ClassRows(run.statistics());
  }

  /** One result a class; nothing without such a rule. */
  List<RuleResult> judge() {
    if (bounds == null) {
      return List.of();
    }
    if (run.strategies() == null) {
      return List.of(
          RuleResult.violated(
              KEY,
              rule("every class"),
              "Strategies are not known: the run has no strategies.json; audit with --channels."));
    }
    List<RuleResult> results =
        run.strategies().found().classes().stream().map(this::judge).toList();
    return results.stream().allMatch(result -> result.outcome() == Outcome.SKIPPED)
        ? List.of(
            RuleResult.violated(
                KEY,
                rule("every class"),
                String.format(
                    Locale.ROOT,
                    "No class has at least %d images with a strategy to judge.",
                    rules.minimumImages())))
        : results;
  }

  private RuleResult judge(ClassStrategies of) {
    String name = rows.words(of.classRef());
    if (of.classRef().index() == null) {
      return RuleResult.skipped(
          KEY, rule(name), Wording.capital(name) + " is a label that the model does not know.");
    }
    if (of.images() < rules.minimumImages()) {
      return RuleResult.skipped(
          KEY,
          rule(name),
          String.format(
              Locale.ROOT,
              "Strategies of %s are known of %d images; minimum-images is %d.",
              name,
              of.images(),
              rules.minimumImages()));
    }
    List<Strategy> judged =
        of.strategies().stream().filter(each -> each.images() >= rules.minimumImages()).toList();
    if (judged.stream().anyMatch(this::isUnknown)) {
      return RuleResult.violated(
          KEY,
          rule(name),
          String.format(
              Locale.ROOT,
              "A strategy of %s has no %s to judge.",
              name,
              bounds.accuracy() == null
                  ? "right-reason rate"
                  : bounds.rightReasonRate() == null
                      ? "accuracy"
                      : "accuracy or right-reason rate"));
    }
    List<Strategy> weak = judged.stream().filter(this::isWeak).toList();
    Rate share = Rate.of(weak.stream().mapToLong(Strategy::images).sum(), of.images());
    return RuleResult.of(
        KEY,
        rule(name),
        rules.judgeBy().staysWithin(share, bounds.most()),
        String.format(
            Locale.ROOT,
            "In strategies that do badly%s are %s of %s; wanted is at most %s%s.",
            weak.isEmpty()
                ? ""
                : weak.stream()
                    .map(each -> String.valueOf(each.number()))
                    .collect(Collectors.joining(", ", " (", ")")),
            Wording.rate(share, bounds.most()),
            name,
            Wording.bound(bounds.most()),
            Wording.basis(rules.judgeBy())));
  }

  private boolean isUnknown(Strategy strategy) {
    return bounds.accuracy() != null && strategy.accuracy() == null
        || bounds.rightReasonRate() != null && strategy.rightReasonRate() == null;
  }

  private boolean isWeak(Strategy strategy) {
    return isBelow(strategy.accuracy(), bounds.accuracy())
        || isBelow(strategy.rightReasonRate(), bounds.rightReasonRate());
  }

  private boolean isBelow(Rate rate, Double least) {
    return least != null && !rules.judgeBy().reaches(rate, least);
  }

  private String rule(String of) {
    return String.format(
        Locale.ROOT, "%s at most %s in strategies that do badly", of, Wording.bound(bounds.most()));
  }
}
