package io.camaudit.explain;

import io.camaudit.input.ImageRef;
import io.camaudit.savedmodel.ClassLabel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels of an image of a multi-label model.
 *
 * @param known the model's classes among them, by ascending index
 * @param unknown texts that name no class of the model, or several
 */
record LabelTexts(List<ClassLabel> known, List<String> unknown) {
  /** Whether there are labels, and the model knows none of them. */
  boolean isUnknown() {
    return known.isEmpty() && !unknown.isEmpty();
  }

  /**
   * Reads what a listing says: a list from JSON, or one text with {@code ;} or {@code |} between
   * labels, unless the text as a whole names a class.
   *
   * @return null for an image without labels
   */
  static LabelTexts of(ImageRef ref, ClassIndex classes) {
    if (ref.label() == null) {
      return null;
    }
    if (ref.labelGuessed()) {
      // A folder's name that is no class says nothing.
      ClassLabel folder = new ImageLabels(classes).of(ref);
      return folder == null ? null : new LabelTexts(List.of(folder), List.of());
    }
    Set<Integer> indices = new TreeSet<>();
    Set<String> unknown = new LinkedHashSet<>();
    for (String text : split(ref.label(), classes)) {
      classes
          .find(text)
          .ifPresentOrElse(label -> indices.add(label.index()), () -> unknown.add(text));
    }
    return new LabelTexts(indices.stream().map(classes::label).toList(), new ArrayList<>(unknown));
  }

  /** The labels that a listing's text holds. */
  static List<String> split(String text, ClassIndex classes) {
    if (isList(text)) {
      return parts(text.substring(1), ImageRef.LABEL_LIST).stream()
          .flatMap(part -> split(part, classes).stream())
          .toList();
    }
    return classes.find(text).isPresent() ? List.of(text) : parts(text, "[;|]");
  }

  /** Whether a listing gave several labels, or none, in a list. */
  static boolean isList(String text) {
    return text.startsWith(ImageRef.LABEL_LIST);
  }

  /** A label's text as readers see it. */
  static String shown(String text) {
    return text.replaceFirst("^" + ImageRef.LABEL_LIST, "").replace(ImageRef.LABEL_LIST, " | ");
  }

  private static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(separator)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }
}
