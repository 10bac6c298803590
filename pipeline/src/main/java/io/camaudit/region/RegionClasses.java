package io.camaudit.region;

import io.camaudit.Nearest;
import io.camaudit.UserException;
import io.camaudit.region.RegionProblems.Kind;
import io.camaudit.report.ClassRef;
import io.camaudit.savedmodel.ClassLabel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which annotations count for an image: with {@link RegionSource.Counting#LABEL} those whose
 * category is the image's label, with {@link RegionSource.Counting#ANY} all.
 *
 * <p>A category is a class of the model if the mapping says so; else if its name is one of the
 * class's names or its id; else if its own id is the class's id. Each is looked for as it stands
 * first, then with case, Unicode form, and space, underscore and hyphen forgiven. A name that
 * several classes have counts for each of them. A category id that is a mere number is compared
 * with nothing but the mapping: COCO's category 1 is not the model's class 1.
 *
 * <p>A mapping may name a colour of a mask as {@code #ff8000}, {@code 255,128,0} or {@code rgb(255,
 * 128, 0)}.
 */
final class RegionClasses implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int[] NONE = {};

  private final RegionSource.Counting mode;
  private final Lookup names;
  private final Lookup mapping;
  private final List<String> shown;

  private RegionClasses(
      RegionSource.Counting mode, Lookup names, Lookup mapping, List<String> shown) {
    this.mode = mode;
    this.names = names;
    this.mapping = mapping;
    this.shown = shown;
  }

  /** Classes by text, exact and forgiving. */
  private static final class Lookup implements Serializable {
    private static final long serialVersionUID = 1;

    private final Map<String, int[]> exact = new HashMap<>();
    private final Map<String, int[]> forgiving = new HashMap<>();

    void add(String text, int... classes) {
      exact.merge(text, classes, Lookup::both);
      forgiving.merge(ClassRef.plain(text), classes, Lookup::both);
    }

    private static int[] both(int[] a, int[] b) {
      return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).distinct().toArray();
    }

    /** Null if there is none. */
    Meaning find(String text, boolean mapped) {
      if (text == null) {
        return null;
      }
      int[] found = exact.get(text);
      if (found != null) {
        return new Meaning(found, true, false, mapped);
      }
      found = forgiving.get(ClassRef.plain(text));
      return found == null ? null : new Meaning(found, true, true, mapped);
    }
  }

  /**
   * What a category stands for.
   *
   * @param known whether it is a class or mapped, be it to nothing
   * @param forgiven whether only with its form forgiven
   * @param mapped whether the mapping said so
   */
  private record Meaning(int[] classes, boolean known, boolean forgiven, boolean mapped) {
    static final Meaning UNKNOWN = new Meaning(NONE, false, false, false);
  }

  /**
   * Matches categories with the model's classes.
   *
   * @param mapping from a category's name or id to names, ids or indices of classes
   * @param mappingFile for messages
   * @throws UserException if the mapping names a class that the model does not have
   */
  static RegionClasses of(
      RegionSource.Counting mode,
      List<ClassLabel> labels,
      Map<String, ? extends Collection<String>> mapping,
      String mappingFile) {
    Lookup names = new Lookup();
    for (ClassLabel label : labels) {
      names.add(label.id(), label.index());
      label.names().forEach(name -> names.add(name, label.index()));
    }
    Lookup mapped = new Lookup();
    mapping.forEach(
        (category, classes) -> {
          String colour = MaskColour.parse(category);
          String text = colour == null ? category : colour;
          mapped.add(text); // mapped to nothing: known, and no class
          for (String name : classes) {
            mapped.add(text, classesNamed(name, labels.size(), names, category, mappingFile));
          }
        });
    return new RegionClasses(
        mode,
        names,
        mapped,
        labels.stream().map(label -> label.index() + " " + label.name()).toList());
  }

  /** Whether an annotation counts for an image with this label; null for an unlabelled one. */
  boolean counts(Category category, Integer label) {
    if (mode == RegionSource.Counting.ANY || category == null) {
      return true;
    }
    return label != null && classes(category).contains(label);
  }

  /** All that decides what counts, beside the model's classes, as a text. */
  String stamp() {
    Map<String, List<Integer>> mapped = new TreeMap<>();
    mapping.exact.forEach(
        (category, to) -> mapped.put(category, Arrays.stream(to).boxed().toList()));
    return mode + " " + mapped;
  }

  /** Whether every annotation counts, whatever its category. */
  boolean countsAll() {
    return mode == RegionSource.Counting.ANY;
  }

  /** Whether an annotation can count for any image at all. */
  boolean canCount(Category category) {
    return mode == RegionSource.Counting.ANY || category == null || !classes(category).isEmpty();
  }

  /** The classes that a category stands for. */
  Set<Integer> classes(Category category) {
    return Arrays.stream(meaning(category).classes()).boxed().collect(Collectors.toSet());
  }

  /** Counts what is to be told of a category: unknown, taken for a class, or for several. */
  void tell(Category category, RegionProblems.Tally tally) {
    if (mode == RegionSource.Counting.ANY || category == null) {
      return;
    }
    Meaning meaning = meaning(category);
    if (!meaning.known()) {
      tally.add(Kind.UNKNOWN_CATEGORY, category.toString());
      return;
    }
    if (meaning.forgiven() && meaning.classes().length > 0) {
      tally.add(Kind.OTHER_FORM_OF_CATEGORY, category + " for " + shown(meaning));
    }
    // Two classes that a mapping lists are meant; two of one name may not be.
    if (!meaning.mapped() && meaning.classes().length > 1) {
      tally.add(Kind.SEVERAL_CLASSES, category + " for " + shown(meaning));
    }
  }

  private String shown(Meaning meaning) {
    return Arrays.stream(meaning.classes())
        .mapToObj(shown::get)
        .collect(Collectors.joining(" and "));
  }

  /** Whether the mapping speaks of values, as a mapping for masks does. */
  boolean mapsNumbers() {
    return mapping.exact.keySet().stream().anyMatch(RegionClasses::isNumber);
  }

  /** Whether the mapping speaks of colours. */
  boolean mapsColours() {
    return mapping.exact.keySet().stream().anyMatch(text -> text.startsWith("#"));
  }

  /** Whether the mapping speaks of this value. */
  boolean maps(String value) {
    return mapping.exact.containsKey(value);
  }

  private Meaning meaning(Category category) {
    Meaning found = mapping.find(category.name(), true);
    found = found != null ? found : mapping.find(category.id(), true);
    found = found != null ? found : names.find(category.name(), false);
    if (found == null && category.id() != null && !isNumber(category.id())) {
      found = names.find(category.id(), false);
    }
    return found != null ? found : Meaning.UNKNOWN;
  }

  private static int[] classesNamed(
      String name, int classes, Lookup names, String category, String mappingFile) {
    Meaning found = names.find(name, false);
    if (found != null) {
      return found.classes();
    }
    if (isNumber(name) && name.length() < 10 && Integer.parseInt(name) < classes) {
      return new int[] {Integer.parseInt(name)};
    }
    throw Place.error(
        mappingFile
            + ": category \""
            + category
            + "\" is mapped to \""
            + name
            + "\", which is none of the model's "
            + classes
            + " classes; the nearest are "
            + String.join(", ", Nearest.to(ClassRef.plain(name), names.forgiving.keySet(), 3))
            + ".");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
