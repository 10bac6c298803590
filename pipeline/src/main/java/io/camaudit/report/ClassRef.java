package io.camaudit.report;

import io.camaudit.savedmodel.ClassLabel;
import java.util.Locale;

/**
 * A class, named for readers.
 *
 * @param index position among the model's classes; null for a label that names none of them
 * @param id stable identifier such as a WordNet id; null with the index
 * @param name what people call it; for an unmatched label the text as it was given
 */
public record ClassRef(Integer index, String id, String name) {
  public static ClassRef of(ClassLabel label) {
    return new ClassRef(label.index(), label.id(), label.name());
  }

  /** A label that is none of the model's classes. */
  public static ClassRef unmatched(String text) {
    return new ClassRef(null, null, text);
  }

  /**
   * Whether another model's class is this one: by id if both have one, else by name. Label lists
   * may differ, so the index says nothing.
   */
  public boolean isSameAs(ClassRef other) {
    return id != null && other.id != null ? id.equals(other.id) : name.equals(other.name);
  }

  /** How names are compared: without regard to case, underscores and repeated spaces. */
  public static String plain(String name) {
    return name.replace('_', ' ').strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
