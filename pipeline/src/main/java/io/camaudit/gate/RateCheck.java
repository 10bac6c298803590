package io.camaudit.gate;

import io.camaudit.gate.Gate.RateKind;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Least values of one rate: over all images, of named classes, of every other class. */
final class RateCheck {
  private final RateKind kind;
  private final GateRules.RateBounds bounds;
  private final GateRules rules;

  RateCheck(RateKind kind, GateRules.RateBounds bounds, GateRules rules) {
    this.kind = kind;
    this.bounds = bounds;
    this.rules = rules;
  }

  List<RuleResult> judge(DatasetStatistics run) {
    List<RuleResult> results = new ArrayList<>();
    if (bounds.minimum() != null) {
      results.add(judge(null, kind.of(run.dataset()), bounds.minimum()));
    }
    Set<ClassRef> named = new HashSet<>();
    bounds.classes().forEach((name, least) -> results.add(named(run, name, least, named)));
    if (bounds.everyClass() != null) {
      results.addAll(everyClass(run, named));
    }
    return results;
  }

  private RuleResult named(DatasetStatistics run, String name, double least, Set<ClassRef> named) {
    List<ClassStatistics> rows = ClassRows.named(run, name);
    if (rows.size() == 1) {
      named.add(rows.get(0).classRef());
      return judge(rows.get(0).classRef(), kind.of(rows.get(0)), least);
    }
    String why =
        rows.isEmpty()
            ? "The run has no images of class \"%s\"; the nearest are %s."
                .formatted(name, ClassRows.nearest(run, name))
            : "\"%s\" means %d classes of the run; give an id or an index."
                .formatted(name, rows.size());
    return RuleResult.violated(kind.key, rule("class " + name, least), why);
  }

  private List<RuleResult> everyClass(DatasetStatistics run, Set<ClassRef> named) {
    List<RuleResult> results = new ArrayList<>();
    boolean judged = !named.isEmpty();
    for (ClassStatistics row : run.classes()) {
      if (named.contains(row.classRef())) {
        continue;
      }
      Rate rate = kind.of(row);
      if (rate != null && rate.of() >= rules.minimumImages()) {
        judged = true;
        results.add(judge(row.classRef(), rate, bounds.everyClass()));
      } else {
        results.add(
            RuleResult.skipped(
                kind.key,
                rule(Words.of(row.classRef()), bounds.everyClass()),
                "%s of %s is known of %d images; minimum-images is %d."
                    .formatted(
                        Words.capital(kind.words),
                        Words.of(row.classRef()),
                        rate == null ? 0 : rate.of(),
                        rules.minimumImages())));
      }
    }
    if (!judged) {
      results.add(
          RuleResult.violated(
              kind.key,
              rule("every class", bounds.everyClass()),
              "No class has a %s of at least %d images to judge."
                  .formatted(kind.words, rules.minimumImages())));
    }
    return results;
  }

  private RuleResult judge(ClassRef classRef, Rate rate, double least) {
    String rule = rule(Words.of(classRef), least);
    String subject = "%s of %s".formatted(Words.capital(kind.words), Words.of(classRef));
    if (rate == null) {
      return RuleResult.violated(
          kind.key, rule, "%s is not known: %s.".formatted(subject, kind.whyMissing));
    }
    return RuleResult.of(
        kind.key,
        rule,
        rules.judgeBy().reaches(rate, least),
        "%s is %s; wanted is at least %s%s."
            .formatted(
                subject, Words.rate(rate), Words.percent(least), Words.basis(rules.judgeBy())));
  }

  private static String rule(String of, double least) {
    return "%s at least %s".formatted(of, Words.percent(least));
  }
}
