package io.camaudit.gate;

import io.camaudit.Nearest;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import java.util.List;
import java.util.Optional;

/** Finds the row of a class in a run's statistics. */
final class ClassRows {
  private ClassRows() {}

  /** The rows of all classes that text may mean. */
  static List<ClassStatistics> named(DatasetStatistics run, String text) {
    return run.classes().stream().filter(row -> row.classRef().isNamed(text)).toList();
  }

  /** The row of the same class in another run. */
  static Optional<ClassStatistics> same(DatasetStatistics run, ClassRef classRef) {
    return run.classes().stream().filter(row -> row.classRef().isSameAs(classRef)).findFirst();
  }

  static String nearest(DatasetStatistics run, String text) {
    List<String> names = run.classes().stream().map(row -> row.classRef().name()).toList();
    return String.join(", ", Nearest.to(text, names, 3));
  }
}
