package io.camaudit.page;

import io.camaudit.compare.StrategyChange;
import io.camaudit.stats.RateChange;
import java.util.List;
import java.util.Locale;

/** What a comparison's page shows of the two runs' strategies. */
final class DiffStrategies {
  private DiffStrategies() {}

  /** A strategy in one run or both. */
  record Row(String name, String before, String after, String kind, String share) {}

  /** Those that did not stay as they were; empty without any. */
  static List<Row> rows(List<StrategyChange> strategies) {
    return strategies == null
        ? List.of()
        : strategies.stream()
            .filter(each -> each.kind() != StrategyChange.Kind.STAYED)
            .map(
                each ->
                    new Row(
                        each.classRef().name(),
                        number(each.before()),
                        number(each.after()),
                        Words.lower(each.kind()),
                        share(each.share())))
            .toList();
  }

  private static String number(Integer number) {
    return number == null ? "–" : number.toString();
  }

  private static String share(RateChange change) {
    return String.format(
        Locale.ROOT,
        "%s → %s of %s, %+.0f points (%+.0f to %+.0f)",
        Words.percent(change.before().value()),
        Words.percent(change.after().value()),
        Words.count(change.before().of()),
        100 * change.difference(),
        100 * change.low(),
        100 * change.high());
  }
}
