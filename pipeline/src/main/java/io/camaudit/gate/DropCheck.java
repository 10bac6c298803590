package io.camaudit.gate;

import io.camaudit.gate.Gate.RateKind;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the whole and each class of an earlier run may fall, and what strategies may be new
 * since.
 */
final class DropCheck {
  static final String GROUP = "not-worse-than";

  private final GateRules rules;
  private final AuditedRun audited;
  private final AuditedRun auditedEarlier;
  private final DatasetStatistics run;
  private final DatasetStatistics earlier;
  private final ClassRows now;
  private final ClassRows before;
  private final List<String> judgedUnlike;
  private final Optional<String> computedUnlike;

  DropCheck(GateRules rules, AuditedRun run, AuditedRun earlier) {
    this.rules = rules;
    this.audited = run;
    this.auditedEarlier = earlier;
    this.run = run.statistics();
    this.earlier = earlier.statistics();
    this.now = new ClassRows(this.run);
    this.before = new ClassRows(this.earlier);
    this.judgedUnlike = run.judgedUnlike(earlier);
    this.computedUnlike = run.computedUnlike(earlier);
  }

  List<RuleResult> judge() {
    if (kind(run) != kind(earlier)) {
      String why =
          "The earlier run's model is %s, this run's is %s, so their rates say different things.";
      return List.of(
          RuleResult.violated(
              GROUP,
              "same kind of model",
              String.format(Locale.ROOT, why, kind(earlier), kind(run))));
    }
    if (run.groupedBy() != earlier.groupedBy()) {
      String why =
          "The earlier run's classes are by %s, this run's by %s, so they say different things.";
      return List.of(
          RuleResult.violated(
              GROUP, "same grouping", String.format(Locale.ROOT, why, words(earlier), words(run))));
    }
    if (computedUnlike.isPresent()) {
      return List.of(
          RuleResult.violated(
              GROUP,
              "same precision",
              String.format(
                  Locale.ROOT,
                  "The two runs' models computed with different numbers, so a fall may come from that: %s.",
                  computedUnlike.get())));
    }
    List<RuleResult> results = new ArrayList<>();
    for (RateKind kind : RateKind.values()) {
      Double margin = kind.drop(rules.notWorseThan());
      if (margin != null && kind == RateKind.RIGHT_REASON && !judgedUnlike.isEmpty()) {
        results.add(
            RuleResult.violated(
                GROUP,
                "same rule for looking right",
                String.format(
                    Locale.ROOT,
                    "The right-reason rates of the two runs say different things: %s.",
                    String.join(", ", judgedUnlike))));
      } else if (margin != null) {
        results.add(judge(kind, margin, earlier.dataset(), Optional.of(run.dataset()), 1));
        for (ClassStatistics row : earlier.classes()) {
          results.add(judge(kind, margin, row, now.same(row.classRef()), rules.minimumImages()));
        }
      }
    }
    if (rules.notWorseThan().imagesDrop() != null) {
      results.add(images(earlier.dataset(), Optional.of(run.dataset()), 1));
      for (ClassStatistics row : earlier.classes()) {
        results.add(images(row, now.same(row.classRef()), rules.minimumImages()));
      }
    }
    if (rules.notWorseThan().newStrategy() != null) {
      results.addAll(new NewStrategyCheck(rules, audited, auditedEarlier).judge());
    }
    return results;
  }

  /** Numbers of images, of which a class that is gone has none. */
  private RuleResult images(
      ClassStatistics earlierRow, Optional<ClassStatistics> row, long minimumImages) {
    double margin = rules.notWorseThan().imagesDrop();
    String of = before.words(earlierRow.classRef());
    String subject = earlierRow.classRef() == null ? "The run" : Wording.capital(of);
    String rule =
        String.format(Locale.ROOT, "images of %s down by at most %s", of, Wording.bound(margin));
    long from = earlierRow.images();
    if (from < minimumImages) {
      return RuleResult.skipped(
          GROUP,
          rule,
          String.format(
              Locale.ROOT,
              "%s had %d images in the earlier run; minimum-images is %d.",
              subject,
              from,
              minimumImages));
    }
    long to = row.map(ClassStatistics::images).orElse(0L);
    return RuleResult.of(
        GROUP,
        rule,
        from - to <= margin * from + JudgeBy.ROUNDING,
        String.format(
            Locale.ROOT,
            "%s had %d images and has %d; that may be fewer by at most %s.",
            subject,
            from,
            to,
            Wording.bound(margin)));
  }

  private RuleResult judge(
      RateKind kind,
      double margin,
      ClassStatistics earlierRow,
      Optional<ClassStatistics> row,
      long minimumImages) {
    String of = before.words(earlierRow.classRef());
    String subject = Wording.capital(kind.words) + " of " + of;
    String rule =
        String.format(
            Locale.ROOT, "%s of %s down by at most %s", kind.words, of, Wording.points(margin));
    Rate from = kind.of(earlierRow);
    if (from != null && row.isEmpty()) {
      return RuleResult.violated(
          GROUP,
          rule,
          String.format(Locale.ROOT, "The run has no images of %s, the earlier run has.", of));
    }
    if (from == null && earlierRow.classRef() == null) {
      return RuleResult.violated(
          GROUP,
          rule,
          String.format(
              Locale.ROOT,
              "%s is not known of the earlier run: %s.",
              subject,
              kind.whyMissing(earlier)));
    }
    if (from == null || from.of() < minimumImages) {
      return RuleResult.skipped(
          GROUP,
          rule,
          String.format(
              Locale.ROOT,
              "%s is known of %d images of the earlier run; minimum-images is %d.",
              subject,
              from == null ? 0 : from.of(),
              minimumImages));
    }
    Rate to = kind.of(row.get());
    if (to == null) {
      return RuleResult.violated(
          GROUP,
          rule,
          String.format(Locale.ROOT, "%s is no longer known: %s.", subject, kind.whyMissing(run)));
    }
    return RuleResult.of(
        GROUP,
        rule,
        JudgeBy.fellAtMost(from, to, margin),
        String.format(
            Locale.ROOT,
            "%s was %s and is %s; it may fall by at most %s.",
            subject,
            Wording.rate(from),
            Wording.rate(to),
            Wording.points(margin)));
  }

  /** Runs before there were kinds were of single-label models. */
  private static ModelKind kind(DatasetStatistics run) {
    return run.kind() == null ? ModelKind.SINGLE_LABEL : run.kind();
  }

  private static String words(DatasetStatistics run) {
    return run.groupedBy().name().toLowerCase(Locale.ROOT);
  }
}
