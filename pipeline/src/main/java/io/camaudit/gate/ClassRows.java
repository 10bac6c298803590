package io.camaudit.gate;

import io.camaudit.Nearest;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the rows of classes in a run's statistics, and names classes so that readers can. */
final class ClassRows {
  private final List<ClassStatistics> rows;
  private final Map<String, Long> times;

  ClassRows(DatasetStatistics run) {
    rows = run.classes();
    times =
        rows.stream()
            .collect(Collectors.groupingBy(r -> r.classRef().name(), Collectors.counting()));
  }

  /**
   * The rows of all classes that text may mean. An id goes before a name and a name before an
   * index, so that a class called "7" is found by its name, as everywhere else.
   */
  List<ClassStatistics> named(String text) {
    String wanted = ClassRef.plain(text);
    List<Predicate<ClassRef>> ways =
        List.of(
            c -> c.id() != null && ClassRef.plain(c.id()).equals(wanted),
            c -> ClassRef.plain(c.name()).equals(wanted),
            c -> c.index() != null && c.index().toString().equals(wanted));
    return ways.stream()
        .map(way -> rows.stream().filter(row -> way.test(row.classRef())).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** The row of the same class of another run. */
  Optional<ClassStatistics> same(ClassRef classRef) {
    return rows.stream().filter(row -> row.classRef().isSameAs(classRef)).findFirst();
  }

  String nearest(String text) {
    List<String> names = rows.stream().map(row -> row.classRef().name()).toList();
    return names.isEmpty() ? "none" : String.join(", ", Nearest.to(text, names, 3));
  }

  /** Why text that means no class or several does not name one. */
  String notOne(String text, int found) {
    return found == 0
        ? String.format(
            Locale.ROOT,
            "The run has no images of class \"%s\"; the nearest are %s.",
            text,
            nearest(text))
        : String.format(
            Locale.ROOT,
            "\"%s\" means %d classes of the run; give an id or an index.",
            text,
            found);
  }

  /** {@code class crane (n02012849)}, without the id where no other class has the name. */
  String words(ClassRef classRef) {
    return classRef == null ? "all images" : "class " + name(classRef);
  }

  /** The same without the word. */
  String name(ClassRef classRef) {
    boolean unique = classRef.id() == null || times.getOrDefault(classRef.name(), 0L) < 2;
    return unique
        ? classRef.name()
        : String.format(Locale.ROOT, "%s (%s)", classRef.name(), classRef.id());
  }
}
