package io.camaudit.gate;

import io.camaudit.gate.RuleResult.Outcome;
import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantResult;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.PairedCounts;
import io.camaudit.stats.Rate;
import io.camaudit.stats.RateChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Greatest values of what a run's proof found: over all images, of named and of other classes. */
final class ProofCheck {
  static final String CONFIRMED = "confirmed-classes";
  private static final String NO_PROOF =
      "the run has no proof.json; make one with ./camaudit prove RUN_DIR";

  private final GateRules rules;
  private final AuditedRun run;
  private final ClassRows rows;

  /** A number with its interval, in words that show on which side of a bound it is. */
  private record Found(double value, double high, long images, Function<Double, String> words) {}

  /** A number of a proof. */
  private enum Kind {
    KEPT("kept-without-object", "share kept without the object", "no image without its object"),
    GAP("background-gap", "background gap", "no image on both backgrounds");

    private final String key;
    private final String words;
    private final String missing;

    Kind(String key, String words, String missing) {
      this.key = key;
      this.words = words;
      this.missing = missing;
    }

    private GateRules.ProofBounds bounds(GateRules rules) {
      return this == KEPT ? rules.keptWithoutObject() : rules.backgroundGap();
    }

    /** Null if the proof does not know it. */
    private Found of(List<ClassProof> classes) {
      return this == KEPT ? kept(classes) : gap(classes);
    }
  }

  ProofCheck(GateRules rules, AuditedRun run) {
    this.rules = rules;
    this.run = run;
    this.rows = new ClassRows(run.statistics());
  }

  List<RuleResult> judge() {
    List<RuleResult> results = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      GateRules.ProofBounds bounds = kind.bounds(rules);
      if (bounds != null) {
        results.addAll(judge(kind, bounds));
      }
    }
    GateRules.FlagBound bound = rules.confirmedClasses();
    if (bound != null && run.proofs() == null) {
      results.add(
          RuleResult.violated(
              CONFIRMED,
              String.format(Locale.ROOT, "at most %d", bound.maximum()),
              "Confirmed classes are not known: " + NO_PROOF + "."));
    } else if (bound != null) {
      Set<ClassRef> confirmed =
          run.proofs().classes().stream()
              .filter(proof -> proof.evidence().level() == EvidenceLevel.CONFIRMED)
              .map(ClassProof::classRef)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      Gate.allow(bound, confirmed, rows);
      results.add(Gate.atMost(CONFIRMED, "Confirmed classes", bound, confirmed, rows));
    }
    return results;
  }

  private List<RuleResult> judge(Kind kind, GateRules.ProofBounds bounds) {
    List<ClassProof> classes = run.proofs() == null ? List.of() : run.proofs().classes();
    List<RuleResult> results = new ArrayList<>();
    if (bounds.maximum() != null) {
      results.add(judge(kind, null, kind.of(classes), bounds.maximum()));
    }
    Set<ClassRef> named = new HashSet<>();
    bounds
        .classes()
        .forEach(
            (name, most) -> {
              List<ClassStatistics> found = rows.named(name);
              if (found.size() == 1) {
                ClassRef classRef = found.get(0).classRef();
                named.add(classRef);
                results.add(judge(kind, classRef, kind.of(only(classes, classRef)), most));
              } else {
                results.add(
                    RuleResult.violated(
                        kind.key, rule("class " + name, most), rows.notOne(name, found.size())));
              }
            });
    if (bounds.everyClass() != null) {
      List<RuleResult> every =
          classes.stream()
              .filter(proof -> !named.contains(proof.classRef()))
              .map(proof -> ofEvery(kind, proof, bounds.everyClass()))
              .toList();
      results.addAll(every);
      if (every.stream().allMatch(result -> result.outcome() == Outcome.SKIPPED)
          && (named.isEmpty() || !every.isEmpty())) {
        results.add(
            RuleResult.violated(
                kind.key,
                rule("every class", bounds.everyClass()),
                run.proofs() == null
                    ? unknown(kind, "every class")
                    : String.format(
                        Locale.ROOT,
                        "No class has a %s of at least %d images to judge.",
                        kind.words,
                        rules.minimumImages())));
      }
    }
    return results;
  }

  private RuleResult ofEvery(Kind kind, ClassProof proof, double most) {
    Found found = kind.of(List.of(proof));
    long images = found == null ? 0 : found.images();
    return images >= rules.minimumImages()
        ? judge(kind, proof.classRef(), found, most)
        : RuleResult.skipped(
            kind.key,
            rule(rows.words(proof.classRef()), most),
            String.format(
                Locale.ROOT,
                "%s of %s is known of %d images; minimum-images is %d.",
                Wording.capital(kind.words),
                rows.words(proof.classRef()),
                images,
                rules.minimumImages()));
  }

  private RuleResult judge(Kind kind, ClassRef classRef, Found found, double most) {
    String rule = rule(rows.words(classRef), most);
    if (found == null) {
      return RuleResult.violated(kind.key, rule, unknown(kind, rows.words(classRef)));
    }
    double judged = rules.judgeBy() == JudgeBy.ESTIMATE ? found.value() : found.high();
    return RuleResult.of(
        kind.key,
        rule,
        judged <= most + JudgeBy.ROUNDING,
        String.format(
            Locale.ROOT,
            "%s of %s is %s; wanted is at most %s%s.",
            Wording.capital(kind.words),
            rows.words(classRef),
            found.words().apply(most),
            Wording.bound(most),
            Wording.basis(rules.judgeBy())));
  }

  private String unknown(Kind kind, String of) {
    return String.format(
        Locale.ROOT,
        "%s of %s is not known: %s.",
        Wording.capital(kind.words),
        of,
        run.proofs() == null ? NO_PROOF : kind.missing + " was shown to the model");
  }

  private static List<ClassProof> only(List<ClassProof> classes, ClassRef classRef) {
    return classes.stream().filter(proof -> proof.classRef().equals(classRef)).toList();
  }

  private static Found kept(List<ClassProof> classes) {
    List<Rate> rates =
        classes.stream()
            .map(proof -> proof.variants().get(Variant.OBJECT_OUT))
            .filter(Objects::nonNull)
            .map(VariantResult::kept)
            .toList();
    if (rates.isEmpty()) {
      return null;
    }
    Rate rate =
        Rate.of(
            rates.stream().mapToLong(Rate::count).sum(), rates.stream().mapToLong(Rate::of).sum());
    return new Found(rate.value(), rate.high(), rate.of(), most -> Wording.rate(rate, most));
  }

  private static Found gap(List<ClassProof> classes) {
    List<PairedCounts> gaps =
        classes.stream()
            .map(ClassProof::backgroundGap)
            .filter(Objects::nonNull)
            .map(PairedCounts::of)
            .toList();
    if (gaps.isEmpty()) {
      return null;
    }
    RateChange gap = gaps.stream().reduce(PairedCounts.NONE, PairedCounts::plus).change();
    return new Found(
        gap.difference(), gap.high(), gap.before().of(), most -> Wording.difference(gap));
  }

  private static String rule(String of, double most) {
    return String.format(Locale.ROOT, "%s at most %s", of, Wording.bound(most));
  }
}
