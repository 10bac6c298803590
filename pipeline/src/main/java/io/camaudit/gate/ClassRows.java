package io.camaudit.gate;

import io.camaudit.Nearest;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Finds the row of a class in a run's statistics. */
final class ClassRows {
  private ClassRows() {}

  /**
   * Whether text is a class's id, name or index; case, underscores and spaces make no difference.
   */
  static boolean isNamed(ClassRef classRef, String text) {
    String wanted = normal(text);
    return (classRef.id() != null && normal(classRef.id()).equals(wanted))
        || normal(classRef.name()).equals(wanted)
        || (classRef.index() != null && classRef.index().toString().equals(wanted));
  }

  /** The rows of all classes that text may mean. */
  static List<ClassStatistics> named(DatasetStatistics run, String text) {
    return run.classes().stream().filter(row -> isNamed(row.classRef(), text)).toList();
  }

  /** The row of the same class in another run: by id, for classes that no model knows by name. */
  static Optional<ClassStatistics> same(DatasetStatistics run, ClassRef classRef) {
    return run.classes().stream()
        .filter(
            row ->
                classRef.id() == null
                    ? row.classRef().id() == null && row.classRef().name().equals(classRef.name())
                    : Objects.equals(row.classRef().id(), classRef.id()))
        .findFirst();
  }

  static String nearest(DatasetStatistics run, String text) {
    List<String> names = run.classes().stream().map(row -> row.classRef().name()).toList();
    return String.join(", ", Nearest.to(text, names, 3));
  }

  private static String normal(String text) {
    return text.replace('_', ' ').strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
