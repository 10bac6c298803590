package io.camaudit.explain;

import io.camaudit.explain.ClassIndex.Form;
import io.camaudit.explain.ClassIndex.Meaning;
import io.camaudit.input.ImageRef;
import io.camaudit.input.LabelText;
import io.camaudit.savedmodel.ClassLabel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which class of the model an image's label means. Of folders within each other any may be the
 * class: one that names a class as it stands goes before one whose form has to be forgiven, and an
 * inner one before an outer one.
 */
final class ImageLabels {
  private final ClassIndex classes;

  ImageLabels(ClassIndex classes) {
    this.classes = classes;
  }

  /**
   * What a label means.
   *
   * @param text that means it: the label, or one of the folders
   * @param outer a folder around it that names another class; null if there is none
   */
  record Found(Meaning meaning, String text, String outer) {}

  /** The image's class; null if its label means none or several, or it has none. */
  ClassLabel of(ImageRef image) {
    LabelText text = image.labelText();
    if (text == null) {
      return null;
    }
    Meaning found = find(text).meaning();
    return found.isSingle() ? classes.label(found.index()) : null;
  }

  Found find(LabelText label) {
    if (LabelTexts.isList(label.text())) {
      return one(LabelTexts.split(label.text(), classes));
    }
    if (!label.folders()) {
      return new Found(classes.meaning(label.text()), label.text(), null);
    }
    List<String> folders = Arrays.asList(label.text().split("/"));
    Collections.reverse(folders);
    for (Form form : Form.values()) {
      for (int i = 0; i < folders.size(); i++) {
        Set<Integer> found = classes.classes(folders.get(i), form);
        if (!found.isEmpty()) {
          return found(
              new Meaning(found, form), folders.get(i), folders.subList(i + 1, folders.size()));
        }
      }
    }
    return new Found(Meaning.NONE, folders.get(0), null);
  }

  /** Several labels are one if all mean the same class, and none otherwise. */
  private Found one(List<String> texts) {
    Set<Integer> meant = new TreeSet<>();
    Meaning last = Meaning.NONE;
    boolean single = true;
    for (String text : texts) {
      last = classes.meaning(text);
      single &= last.isSingle();
      meant.addAll(last.classes());
    }
    String text = String.join(" | ", texts);
    return new Found(single && meant.size() == 1 ? last : Meaning.NONE, text, null);
  }

  /**
   * Folders around one that could be several classes say which, if one of them names one of these.
   */
  private Found found(Meaning inner, String text, List<String> around) {
    String other = null;
    for (String folder : around) {
      Meaning outer = classes.meaning(folder);
      if (outer.isSingle() && outer.form() != Form.INDEX) {
        if (!inner.isSingle() && inner.classes().contains(outer.index())) {
          return new Found(outer, folder, null);
        }
        other = other == null && !inner.classes().contains(outer.index()) ? folder : other;
      }
    }
    return new Found(inner, text, other);
  }
}
