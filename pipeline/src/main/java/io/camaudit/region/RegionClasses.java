package io.camaudit.region;

import io.camaudit.Nearest;
import io.camaudit.UserException;
import io.camaudit.savedmodel.ClassLabel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which annotations count for an image: with {@link RegionSource.Counting#LABEL} those whose
 * category is the image's label, with {@link RegionSource.Counting#ANY} all.
 *
 * <p>A category is a class of the model if the mapping says so; else if its name is one of the
 * class's names or its id; else if its own id is the class's id. Case, and space, underscore and
 * hyphen, are alike. A category id that is a mere number is compared with nothing but the mapping:
 * COCO's category 1 is not the model's class 1.
 */
final class RegionClasses implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int[] NONE = {};
  private static final Pattern GAPS = Pattern.compile("[ _-]+");

  private final RegionSource.Counting mode;
  private final Map<String, int[]> byName;
  private final Map<String, int[]> byMapping;

  private RegionClasses(
      RegionSource.Counting mode, Map<String, int[]> byName, Map<String, int[]> byMapping) {
    this.mode = mode;
    this.byName = byName;
    this.byMapping = byMapping;
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
    Map<String, int[]> byName = new HashMap<>();
    for (ClassLabel label : labels) {
      add(byName, label.id(), label.index());
      label.names().forEach(name -> add(byName, name, label.index()));
    }
    Map<String, int[]> byMapping = new HashMap<>();
    mapping.forEach(
        (category, classes) -> {
          byMapping.putIfAbsent(key(category), NONE); // mapped to nothing: known, and no class
          for (String name : classes) {
            for (int index : classesNamed(name, labels.size(), byName, category, mappingFile)) {
              add(byMapping, category, index);
            }
          }
        });
    return new RegionClasses(mode, byName, byMapping);
  }

  /** Whether an annotation counts for an image with this label; null for an unlabelled one. */
  boolean counts(Category category, Integer label) {
    if (mode == RegionSource.Counting.ANY || category == null) {
      return true;
    }
    return label != null && Arrays.stream(classes(category)).anyMatch(index -> index == label);
  }

  /** Whether every annotation counts, whatever its category. */
  boolean countsAll() {
    return mode == RegionSource.Counting.ANY;
  }

  /** Whether an annotation can count for any image at all. */
  boolean canCount(Category category) {
    return mode == RegionSource.Counting.ANY || category == null || classes(category).length > 0;
  }

  /** Whether the category is neither a class nor mapped, not even to nothing. */
  boolean isUnknown(Category category) {
    return mode == RegionSource.Counting.LABEL
        && category != null
        && classes(category).length == 0
        && !isMapped(category.name())
        && !isMapped(category.id());
  }

  /** Whether the mapping speaks of values, as a mapping for masks does. */
  boolean mapsNumbers() {
    return byMapping.keySet().stream().anyMatch(RegionClasses::isNumber);
  }

  private boolean isMapped(String text) {
    return text != null && byMapping.containsKey(key(text));
  }

  private int[] classes(Category category) {
    if (isMapped(category.name())) {
      return byMapping.get(key(category.name()));
    }
    if (isMapped(category.id())) {
      return byMapping.get(key(category.id()));
    }
    int[] named = category.name() == null ? NONE : byName.getOrDefault(key(category.name()), NONE);
    if (named.length > 0 || category.id() == null || isNumber(category.id())) {
      return named;
    }
    return byName.getOrDefault(key(category.id()), NONE);
  }

  private static int[] classesNamed(
      String name, int classes, Map<String, int[]> byName, String category, String mappingFile) {
    int[] found = byName.get(key(name));
    if (found != null) {
      return found;
    }
    if (isNumber(name) && name.length() < 10 && Integer.parseInt(name) < classes) {
      return new int[] {Integer.parseInt(name)};
    }
    throw Place.error(
        ("%s: category \"%s\" is mapped to \"%s\", which is none of the model's %d classes; the"
                + " nearest are %s.")
            .formatted(
                mappingFile,
                category,
                name,
                classes,
                String.join(", ", Nearest.to(key(name), byName.keySet(), 3))));
  }

  private static void add(Map<String, int[]> classes, String name, int index) {
    classes.merge(
        key(name),
        new int[] {index},
        (a, b) ->
            java.util.stream.IntStream.concat(Arrays.stream(a), Arrays.stream(b))
                .distinct()
                .toArray());
  }

  private static String key(String name) {
    return GAPS.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
