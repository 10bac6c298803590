package io.camaudit.explain;

import io.camaudit.explain.ClassIndex.Form;
import io.camaudit.explain.ImageLabels.Found;
import io.camaudit.input.LabelText;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says in a sentence each what a run took labels for, where they did not name a class as they
 * stand.
 */
public final class LabelNotes {
  /** Labels shown of each kind. */
  private static final int SHOWN = 5;

  /** Characters shown of a label. */
  private static final int LONGEST = 100;

  /** What there is to say of a label, in the order of saying it. */
  private enum Kind {
    OTHER_FORM(
        "Labels taken for a class with other case, Unicode form, spaces, underscores or hyphens"),
    NUMBERED("Labels taken for a class with an id or a number beside its name"),
    INDEX("Labels that are numbers, taken for the model's indices, which count from 0"),
    OUTER("Folders whose images belong to the class of a folder around them"),
    TWO_FOLDERS("Folders of one class within one of another, of which the inner counts"),
    DIFFERENT(
        "Images whose several labels are not one class, so that they have none: the model gives one"),
    SEVERAL("Labels that could be several classes, so that their images have none"),
    UNKNOWN("Labels that are no class of the model"),
    NO_CLASS("Folders that are no class of the model, so that their images have no label");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }
  }

  private final ClassIndex classes;
  private final Map<Kind, Map<String, Long>> notes = new EnumMap<>(Kind.class);
  private boolean zero;
  private boolean beyond;

  private LabelNotes(ClassIndex classes) {
    this.classes = classes;
  }

  /**
   * The sentences.
   *
   * @param images by their labels
   * @param labels the model's classes
   * @param kind whether an image may have several
   */
  public static List<String> of(
      Map<LabelText, Long> images, List<ClassLabel> labels, ModelKind kind) {
    LabelNotes notes = new LabelNotes(new ClassIndex(labels));
    ImageLabels meanings = new ImageLabels(notes.classes);
    boolean several = kind == ModelKind.MULTI_LABEL;
    images.forEach(
        (label, count) -> {
          boolean one = !several || label.folders();
          for (String text :
              one ? List.of(label.text()) : LabelTexts.split(label.text(), notes.classes)) {
            LabelText part = new LabelText(text, label.folders());
            notes.add(part, meanings.find(part), count);
          }
        });
    return notes.sentences();
  }

  private void add(LabelText label, Found found, long images) {
    if (found.meaning().classes().isEmpty() && LabelTexts.isList(label.text())) {
      note(Kind.DIFFERENT, quoted(label.text()), images);
      return;
    }
    if (found.meaning().classes().isEmpty()) {
      beyond |= label.text().matches("0*" + classes.size() + "([.]0+)?");
      Kind kind = label.folders() ? Kind.NO_CLASS : Kind.UNKNOWN;
      note(kind, quoted(label.text()) + (isShown(kind) ? nearest(found.text()) : ""), images);
      return;
    }
    if (!found.meaning().isSingle()) {
      String meant = classes.describe(found.meaning().classes());
      note(Kind.SEVERAL, quoted(found.text()) + " for " + meant, images);
      return;
    }
    String single = classes.label(found.meaning().index()).name();
    String name = quoted(found.text()) + " for " + single;
    zero |= found.meaning().form() == Form.INDEX && found.meaning().index() == 0;
    switch (found.meaning().form()) {
      case OTHER_FORM -> note(Kind.OTHER_FORM, name, images);
      case NUMBERED -> note(Kind.NUMBERED, name, images);
      case INDEX -> note(Kind.INDEX, name, images);
      case EXACT -> {} // nothing to say
    }
    if (found.outer() != null) {
      note(Kind.TWO_FOLDERS, quoted(label.text()) + " for " + single, images);
    } else if (label.folders() && !label.text().endsWith(found.text())) {
      note(Kind.OUTER, quoted(label.text()) + " for " + single, images);
    }
  }

  /** Whether one more of a kind is shown; only then is the nearest class worth looking for. */
  private boolean isShown(Kind kind) {
    return notes.getOrDefault(kind, Map.of()).size() < SHOWN;
  }

  private String nearest(String text) {
    String name = classes.nearestName(text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    return name.isEmpty() ? "" : ", the nearest is " + name;
  }

  private void note(Kind kind, String item, long images) {
    notes.computeIfAbsent(kind, k -> new LinkedHashMap<>()).merge(item, images, Long::sum);
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    notes.forEach(
        (kind, items) -> {
          List<String> shown = new ArrayList<>();
          items.forEach(
              (item, images) -> {
                if (shown.size() < SHOWN) {
                  shown.add(
                      item
                          + (images == 1
                              ? " (1 image)"
                              : String.format(Locale.ROOT, " (%,d images)", images)));
                }
              });
          int more = items.size() - shown.size();
          sentences.add(
              kind.sentence
                  + ": "
                  + String.join("; ", shown)
                  + (more == 0 ? "" : String.format(Locale.ROOT, "; and %,d more", more))
                  + ".");
        });
    if (beyond && !zero && notes.containsKey(Kind.INDEX)) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "The labels' numbers reach %d and have no 0: if they count from 1, every label is one off.",
              classes.size()));
    }
    return sentences;
  }

  private static String quoted(String text) {
    String shown = LabelTexts.shown(text);
    return '"' + (shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…") + '"';
  }
}
