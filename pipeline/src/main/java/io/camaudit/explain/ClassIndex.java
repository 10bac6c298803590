package io.camaudit.explain;

import io.camaudit.Nearest;
import io.camaudit.UserException;
import io.camaudit.report.ClassRef;
import io.camaudit.savedmodel.ClassLabel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a model's classes by what people call them: an id, any of the names, or the index. Case,
 * underscores and repeated spaces make no difference. An id goes before a name and a name before an
 * index, so that a class called "7" is found by its name.
 */
public final class ClassIndex {
  private static final int SUGGESTIONS = 3;

  private final List<ClassLabel> labels;
  private final Map<String, Integer> byId = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> byName = new LinkedHashMap<>();

  public ClassIndex(List<ClassLabel> labels) {
    this.labels = List.copyOf(labels);
    for (ClassLabel label : labels) {
      byId.put(ClassRef.plain(label.id()), label.index());
      for (String name : label.names()) {
        byName.computeIfAbsent(ClassRef.plain(name), n -> new LinkedHashSet<>()).add(label.index());
      }
    }
  }

  public ClassLabel label(int index) {
    return labels.get(index);
  }

  public int size() {
    return labels.size();
  }

  /** The one class that {@code text} means, or empty if it means none or several. */
  public Optional<ClassLabel> find(String text) {
    Set<Integer> found = matches(text);
    return found.size() == 1 ? Optional.of(labels.get(found.iterator().next())) : Optional.empty();
  }

  /**
   * The one class that {@code text} means.
   *
   * @throws UserException naming the nearest classes, or the several that it could mean
   */
  public ClassLabel require(String text) {
    Set<Integer> found = matches(text);
    if (found.size() == 1) {
      return labels.get(found.iterator().next());
    }
    if (found.isEmpty()) {
      throw UserException.wrongArguments(
          "The model has no class \"%s\"; the nearest are %s.", text, describe(nearest(text)));
    }
    throw UserException.wrongArguments(
        "\"%s\" means several classes: %s; give an id or an index.", text, describe(found));
  }

  private Set<Integer> matches(String text) {
    String wanted = ClassRef.plain(text);
    Integer id = byId.get(wanted);
    if (id != null) {
      return Set.of(id);
    }
    Set<Integer> names = byName.get(wanted);
    if (names != null) {
      return names;
    }
    if (wanted.matches("\\d{1,9}") && Integer.parseInt(wanted) < labels.size()) {
      return Set.of(Integer.parseInt(wanted));
    }
    return Set.of();
  }

  private Set<Integer> nearest(String text) {
    List<String> known = new ArrayList<>(byName.keySet());
    known.addAll(byId.keySet());
    Set<Integer> nearest = new LinkedHashSet<>();
    for (String name : Nearest.to(ClassRef.plain(text), known, SUGGESTIONS)) {
      nearest.addAll(byName.getOrDefault(name, Set.of()));
      if (byId.containsKey(name)) {
        nearest.add(byId.get(name));
      }
    }
    return nearest;
  }

  private String describe(Set<Integer> indices) {
    return String.join(
        ", ",
        indices.stream()
            .map(
                i ->
                    String.format(
                        Locale.ROOT, "%s (id %s, index %d)", label(i).name(), label(i).id(), i))
            .toList());
  }
}
