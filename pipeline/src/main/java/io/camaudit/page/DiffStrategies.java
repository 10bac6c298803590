package io.camaudit.page;

import io.camaudit.compare.StrategyChange;
import java.util.List;

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
                        Words.change(each.share())))
            .toList();
  }

  private static String number(Integer number) {
    return number == null ? "–" : number.toString();
  }
}
