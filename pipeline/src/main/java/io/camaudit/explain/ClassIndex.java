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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a model's classes by what people call them: an id, any of the names, or the index. What
 * fits as it stands goes before what fits with case, Unicode form and the gaps between words
 * forgiven ({@link ClassRef#plain}); an id goes before a name and a name before an index, so that a
 * class called "7" is found by its name. Last come names with an id or a number beside them ({@link
 * NumberedName}).
 */
public final class ClassIndex {
  private static final int SUGGESTIONS = 3;

  /** Data frames with gaps write whole numbers as {@code 3.0}. */
  private static final Pattern INDEX = Pattern.compile("(\\d{1,9})(\\.0{1,9})?");

  private final List<ClassLabel> labels;
  private final Map<String, Set<Integer>> exactIds = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> exactNames = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> ids = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> names = new LinkedHashMap<>();
  private final Map<String, Set<Integer>> bareNames = new LinkedHashMap<>();
  private final Map<NumberedName, Set<Integer>> numberedNames = new LinkedHashMap<>();

  public ClassIndex(List<ClassLabel> labels) {
    this.labels = List.copyOf(labels);
    for (ClassLabel label : labels) {
      add(exactIds, label.id(), label);
      add(ids, ClassRef.plain(label.id()), label);
      for (String name : label.names()) {
        add(exactNames, name, label);
        add(names, ClassRef.plain(name), label);
        for (NumberedName numbered : NumberedName.in(name)) {
          add(numberedNames, numbered, label);
          add(bareNames, numbered.name(), label);
          if (numbered.isIdentifier()) {
            add(ids, numbered.id(), label);
          }
        }
      }
    }
  }

  /** How a text stands for a class, the plainest first. */
  public enum Form {
    /** As it stands. */
    EXACT,
    /** With case, Unicode form and gaps forgiven. */
    OTHER_FORM,
    /** With an id or a number beside the name. */
    NUMBERED,
    /** As the class's index. */
    INDEX
  }

  /**
   * What a text means.
   *
   * @param classes none, one, or the several that it could be
   */
  public record Meaning(Set<Integer> classes, Form form) {
    static final Meaning NONE = new Meaning(Set.of(), Form.EXACT);

    boolean isSingle() {
      return classes.size() == 1;
    }

    int index() {
      return classes.iterator().next();
    }
  }

  public ClassLabel label(int index) {
    return labels.get(index);
  }

  public int size() {
    return labels.size();
  }

  /** A text that means a class and no other: its id, else one of its names, else its index. */
  String textOf(int index) {
    ClassLabel label = labels.get(index);
    return Stream.concat(Stream.of(label.id()), label.names().stream())
        .filter(text -> find(text).filter(label::equals).isPresent())
        .findFirst()
        .orElse(Integer.toString(index));
  }

  /** The one class that {@code text} means, or empty if it means none or several. */
  public Optional<ClassLabel> find(String text) {
    Meaning found = meaning(text);
    return found.isSingle() ? Optional.of(labels.get(found.index())) : Optional.empty();
  }

  /**
   * The one class that {@code text} means.
   *
   * @throws UserException naming the nearest classes, or the several that it could mean
   */
  public ClassLabel require(String text) {
    Set<Integer> found = meaning(text).classes();
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

  /** The classes that {@code text} can mean, in its plainest form that means any. */
  public Meaning meaning(String text) {
    for (Form form : Form.values()) {
      Set<Integer> found = classes(text, form);
      if (!found.isEmpty()) {
        return new Meaning(found, form);
      }
    }
    return Meaning.NONE;
  }

  /** The classes that {@code text} means in one form. */
  Set<Integer> classes(String text, Form form) {
    return switch (form) {
      case EXACT -> first(exactIds.get(text), exactNames.get(text));
      case OTHER_FORM -> first(ids.get(ClassRef.plain(text)), names.get(ClassRef.plain(text)));
      case NUMBERED -> numbered(text);
      case INDEX -> index(text);
    };
  }

  /** The class that {@code text} is most like. */
  String nearestName(String text) {
    Set<Integer> nearest = nearest(text);
    return nearest.isEmpty() ? "" : label(nearest.iterator().next()).name();
  }

  /** The classes by name, id and index, at most {@link #SUGGESTIONS} of them. */
  String describe(Set<Integer> indices) {
    List<String> texts =
        indices.stream()
            .limit(SUGGESTIONS)
            .map(
                i ->
                    String.format(
                        Locale.ROOT, "%s (id %s, index %d)", label(i).name(), label(i).id(), i))
            .toList();
    int more = indices.size() - texts.size();
    return String.join(", ", texts)
        + (more == 0 ? "" : String.format(Locale.ROOT, " and %,d more", more));
  }

  /**
   * An id with letters counts beside whatever it stands. A mere number is somebody's own count and
   * no index, so only the name beside it counts; where the model's own names have numbers too, they
   * must not contradict it.
   */
  private Set<Integer> numbered(String text) {
    Set<Integer> byId = new LinkedHashSet<>();
    Set<Integer> byName = new LinkedHashSet<>();
    for (NumberedName numbered : NumberedName.in(text)) {
      byName.addAll(first(ids.get(numbered.name()), names.get(numbered.name())));
      byName.addAll(numberedNames.getOrDefault(numbered, Set.of()));
      if (numbered.isIdentifier()) {
        byId.addAll(ids.getOrDefault(numbered.id(), Set.of()));
      }
    }
    byName.addAll(bareNames.getOrDefault(ClassRef.plain(text), Set.of()));
    if (byId.isEmpty() || byName.isEmpty()) {
      return byId.isEmpty() ? byName : byId;
    }
    Set<Integer> both = new LinkedHashSet<>(byId);
    both.retainAll(byName);
    if (both.isEmpty()) {
      both.addAll(byId);
      both.addAll(byName);
    }
    return both;
  }

  private Set<Integer> index(String text) {
    Matcher index = INDEX.matcher(text.strip());
    return index.matches() && Integer.parseInt(index.group(1)) < labels.size()
        ? Set.of(Integer.parseInt(index.group(1)))
        : Set.of();
  }

  private Set<Integer> nearest(String text) {
    List<String> known = new ArrayList<>(names.keySet());
    known.addAll(ids.keySet());
    Set<Integer> nearest = new LinkedHashSet<>();
    for (String name : Nearest.to(ClassRef.plain(text), known, SUGGESTIONS)) {
      nearest.addAll(names.getOrDefault(name, Set.of()));
      nearest.addAll(ids.getOrDefault(name, Set.of()));
    }
    return nearest;
  }

  private static <K> void add(Map<K, Set<Integer>> classes, K key, ClassLabel label) {
    classes.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(label.index());
  }

  private static Set<Integer> first(Set<Integer> classes, Set<Integer> otherwise) {
    return classes != null ? classes : otherwise != null ? otherwise : Set.of();
  }
}
