package io.camaudit.page;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Grouping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The name of a class in addresses and file names: its index, or {@code u0}, {@code u1}, ... for
 * labels that the model does not know. Never text from a file or an annotation.
 */
final class ClassKeys {
  private final Grouping grouping;
  private final Map<String, String> unmatched = new HashMap<>();

  ClassKeys(DatasetStatistics statistics) {
    this.grouping = statistics.groupedBy();
    List<ClassStatistics> classes = statistics.classes();
    for (ClassStatistics row : classes) {
      if (row.classRef().index() == null) {
        unmatched.put(row.classRef().name(), "u" + unmatched.size());
      }
    }
  }

  /** The key of a class; null for an unmatched label that has no row. */
  String of(ClassRef ref) {
    return ref.index() == null ? unmatched.get(ref.name()) : ref.index().toString();
  }

  /** The key of the class in whose row the view counts or is a false alarm; null if in none. */
  String of(ClassView view) {
    ClassRef row = grouping.rowOf(view);
    return row == null ? null : of(row);
  }
}
