package io.camaudit.gate;

import io.camaudit.gate.Gate.RateKind;
import io.camaudit.gate.RuleResult.Outcome;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Least values of one rate: over all images, of named classes, of every other class. */
final class RateCheck {
  private final RateKind kind;
  private final GateRules.RateBounds bounds;
  private final GateRules rules;
  private final DatasetStatistics run;
  private final ClassRows rows;

  RateCheck(RateKind kind, GateRules.RateBounds bounds, GateRules rules, DatasetStatistics run) {
    this.kind = kind;
    this.bounds = bounds;
    this.rules = rules;
    this.run = run;
    this.rows = new ClassRows(run);
  }

  List<RuleResult> judge() {
    List<RuleResult> results = new ArrayList<>();
    if (bounds.minimum() != null) {
      results.add(judge(null, kind.of(run.dataset()), bounds.minimum()));
    }
    Set<ClassRef> named = new HashSet<>();
    bounds.classes().forEach((name, least) -> results.add(named(name, least, named)));
    if (bounds.everyClass() != null) {
      results.addAll(everyClass(named));
    }
    return results;
  }

  private RuleResult named(String name, double least, Set<ClassRef> named) {
    List<ClassStatistics> found = rows.named(name);
    if (found.size() == 1) {
      named.add(found.get(0).classRef());
      return judge(found.get(0).classRef(), kind.of(found.get(0)), least);
    }
    return RuleResult.violated(
        kind.key, rule("class " + name, least), rows.notOne(name, found.size()));
  }

  private List<RuleResult> everyClass(Set<ClassRef> named) {
    List<ClassStatistics> others =
        run.classes().stream().filter(row -> !named.contains(row.classRef())).toList();
    List<RuleResult> results = new ArrayList<>(others.stream().map(this::ofEvery).toList());
    boolean judged = results.stream().anyMatch(result -> result.outcome() != Outcome.SKIPPED);
    if (!judged && (named.isEmpty() || !others.isEmpty())) {
      results.add(
          RuleResult.violated(
              kind.key,
              rule("every class", bounds.everyClass()),
              String.format(
                  Locale.ROOT,
                  "No class has a %s of at least %d images to judge.",
                  kind.words,
                  rules.minimumImages())));
    }
    return results;
  }

  private RuleResult ofEvery(ClassStatistics row) {
    Rate rate = kind.of(row);
    boolean enough = (rate == null ? row.images() : rate.of()) >= rules.minimumImages();
    boolean modelHasIt = row.classRef().index() != null;
    // Without any number in the run, one sentence about all classes says it.
    boolean runHasIt = kind.of(run.dataset()) != null;
    if (enough && modelHasIt && runHasIt) {
      return judge(row.classRef(), rate, bounds.everyClass());
    }
    String of = rows.words(row.classRef());
    String why =
        modelHasIt
            ? String.format(
                Locale.ROOT,
                "known of %d images; minimum-images is %d",
                rate == null ? 0 : rate.of(),
                rules.minimumImages())
            : String.format(
                Locale.ROOT,
                "not judged: the label of these %d images is no class of the model",
                row.images());
    return RuleResult.skipped(
        kind.key,
        rule(of, bounds.everyClass()),
        String.format(Locale.ROOT, "%s of %s is %s.", Wording.capital(kind.words), of, why));
  }

  private RuleResult judge(ClassRef classRef, Rate rate, double least) {
    String rule = rule(rows.words(classRef), least);
    String subject =
        String.format(Locale.ROOT, "%s of %s", Wording.capital(kind.words), rows.words(classRef));
    if (rate == null) {
      return RuleResult.violated(
          kind.key,
          rule,
          String.format(Locale.ROOT, "%s is not known: %s.", subject, kind.whyMissing(run)));
    }
    return RuleResult.of(
        kind.key,
        rule,
        rules.judgeBy().reaches(rate, least),
        String.format(
            Locale.ROOT,
            "%s is %s; wanted is at least %s%s.",
            subject,
            Wording.rate(rate, least),
            Wording.bound(least),
            Wording.basis(rules.judgeBy())));
  }

  private static String rule(String of, double least) {
    return String.format(Locale.ROOT, "%s at least %s", of, Wording.bound(least));
  }
}
