package io.camaudit.stats;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which of the accumulators are rows: those by label if any image has a label, else those by
 * prediction.
 *
 * @param byClass in the order of the rows
 */
record Rows(Grouping grouping, SortedMap<ClassKey, ClassAccumulator> byClass) {

  static Rows of(ByClass<ClassAccumulator> sums) {
    Map<ClassKey, ClassAccumulator> accumulators = sums.map();
    Grouping grouping =
        accumulators.keySet().stream().anyMatch(key -> key.grouping() == Grouping.LABEL)
            ? Grouping.LABEL
            : Grouping.PREDICTION;
    SortedMap<ClassKey, ClassAccumulator> rows = new TreeMap<>();
    accumulators.forEach(
        (key, accumulator) -> {
          if (key.grouping() == grouping && key.classRef() != null) {
            rows.put(key, accumulator);
          }
        });
    return new Rows(grouping, Collections.unmodifiableSortedMap(rows));
  }
}
