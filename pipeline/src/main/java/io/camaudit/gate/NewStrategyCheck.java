package io.camaudit.gate;

import io.camaudit.compare.StrategyChange;
import io.camaudit.compare.StrategyComparer;
import io.camaudit.gate.RuleResult.Outcome;
import io.camaudit.stats.Rate;
import io.camaudit.storage.StorageReason;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.StoredStrategies;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * How much of a class may be in a strategy that an earlier run had not. Which appeared is what
 * {@link StrategyComparer} says, of the images that both runs have.
 */
final class NewStrategyCheck {
  private static final String GROUP = DropCheck.GROUP;

  private final double most;
  private final long minimumImages;
  private final StoredStrategies now;
  private final StoredStrategies before;
  private final ClassRows rows;

  NewStrategyCheck(GateRules rules, AuditedRun run, AuditedRun earlier) {
    this.most = rules.notWorseThan().newStrategy();
    this.minimumImages = rules.minimumImages();
    this.now = run.strategies();
    this.before = earlier.strategies();
    this.rows = new ClassRows(run.statistics());
  }

  /** One result a class. */
  List<RuleResult> judge() {
    if (now == null || before == null) {
      return unknown(
          String.format(
              Locale.ROOT,
              "New strategies are not known: the %s has no strategies.json; audit with --channels.",
              now == null ? "run" : "earlier run"));
    }
    List<StrategyChange> changes;
    try {
      changes = StrategyComparer.compare(before, now);
    } catch (IOException e) {
      return unknown(
          String.format(
              Locale.ROOT,
              "New strategies are not known: the lists of their images cannot be read: %s.",
              StorageReason.of(e)));
    }
    List<RuleResult> results =
        now.found().classes().stream()
            .map(
                each ->
                    judge(
                        each,
                        changes.stream()
                            .filter(change -> change.classRef().isSameAs(each.classRef()))
                            .toList()))
            .toList();
    return results.stream().allMatch(result -> result.outcome() == Outcome.SKIPPED)
        ? unknown(
            String.format(
                Locale.ROOT,
                "No class has at least %d images with a strategy in both runs.",
                minimumImages))
        : results;
  }

  private List<RuleResult> unknown(String sentence) {
    return List.of(RuleResult.violated(GROUP, rule("every class"), sentence));
  }

  private RuleResult judge(ClassStrategies of, List<StrategyChange> changes) {
    String name = rows.words(of.classRef());
    if (of.classRef().index() == null) {
      return RuleResult.skipped(
          GROUP, rule(name), Wording.capital(name) + " is a label that the model does not know.");
    }
    if (before.found().classes().stream()
        .noneMatch(each -> each.classRef().isSameAs(of.classRef()))) {
      return RuleResult.skipped(
          GROUP,
          rule(name),
          String.format(Locale.ROOT, "The earlier run has no strategies of %s.", name));
    }
    if (of.strategies().size() == 1) {
      return RuleResult.of(
          GROUP,
          rule(name),
          true,
          Wording.capital(name) + " is recognised in one way, so none can have appeared.");
    }
    long compared = changes.isEmpty() ? 0 : changes.get(0).share().after().of();
    if (compared < minimumImages) {
      return RuleResult.skipped(
          GROUP,
          rule(name),
          String.format(
              Locale.ROOT,
              "Strategies of %s are known of %d images in both runs; minimum-images is %d.",
              name,
              compared,
              minimumImages));
    }
    List<StrategyChange> appeared =
        changes.stream()
            .filter(each -> each.kind() == StrategyChange.Kind.APPEARED)
            .filter(each -> each.share().after().count() >= minimumImages)
            .toList();
    List<StrategyChange> grown = appeared.stream().filter(this::isTooMuch).toList();
    // Each that is too much is named; of those that are kept, the first says how it was judged.
    List<String> named =
        (grown.isEmpty() ? appeared.stream().limit(1) : grown.stream())
            .map(each -> words(each, name))
            .toList();
    return RuleResult.of(
        GROUP,
        rule(name),
        grown.isEmpty(),
        named.isEmpty()
            ? String.format(Locale.ROOT, "No strategy of %s appeared.", name)
            : String.join(" ", named));
  }

  private boolean isTooMuch(StrategyChange change) {
    return change.share().after().value() > most + JudgeBy.ROUNDING;
  }

  private String words(StrategyChange change, String name) {
    Rate share = change.share().after();
    return String.format(
        Locale.ROOT,
        "Strategy %d of %s appeared: in it are %s of the images that both runs have; wanted is at"
            + " most %s.",
        change.after(),
        name,
        Wording.rate(share, most),
        Wording.bound(most));
  }

  private String rule(String of) {
    return String.format(
        Locale.ROOT, "%s at most %s in a strategy that appeared", of, Wording.bound(most));
  }
}
