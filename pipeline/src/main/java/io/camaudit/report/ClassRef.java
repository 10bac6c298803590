package io.camaudit.report;

import io.camaudit.savedmodel.ClassLabel;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A class, named for readers.
 *
 * @param index position among the model's classes; null for a label that names none of them
 * @param id stable identifier such as a WordNet id; null with the index
 * @param name what people call it; for an unmatched label the text as it was given
 */
public record ClassRef(Integer index, String id, String name) {
  private static final Pattern GAPS = Pattern.compile("[\\s\\p{Z}_\\p{Pd}]+");

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

  /**
   * How names are compared where they differ as they stand: without regard to case, Unicode form
   * (composed or not), and which of spaces, underscores and hyphens parts words, and how many.
   */
  public static String plain(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return GAPS.matcher(composed).replaceAll(" ").strip();
  }
}
