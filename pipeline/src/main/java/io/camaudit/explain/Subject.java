package io.camaudit.explain;

import io.camaudit.input.ImageRef;
import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelKind;
import java.util.ArrayList;
import java.util.List;

/**
 * An image as the listing has it, and what its label means to the model.
 *
 * @param ref what was listed
 * @param kind of the model
 * @param label as reports say it; null without one, and for a multi-label model
 * @param known the model's class of that label; null if there is none
 * @param labels of a multi-label model's image; null for an unlabelled one, and for other models
 */
record Subject(ImageRef ref, ModelKind kind, ClassRef label, ClassLabel known, LabelTexts labels) {
  static Subject of(ImageRef ref, ClassIndex classes, ModelKind kind) {
    if (kind == ModelKind.MULTI_LABEL) {
      return new Subject(ref, kind, null, null, LabelTexts.of(ref, classes));
    }
    ClassLabel known = new ImageLabels(classes).of(ref);
    if (known != null) {
      return new Subject(ref, kind, ClassRef.of(known), known, null);
    }
    boolean stated = ref.label() != null && !ref.labelGuessed();
    return new Subject(
        ref, kind, stated ? ClassRef.unmatched(LabelTexts.shown(ref.label())) : null, null, null);
  }

  /** Says why the image does not get as far as the model. */
  Refusal refuse(ImageStatus status, String reason, ImageFile file) {
    String sentence = reason == null ? "no further reason is known" : reason;
    ImageReport report = ImageReport.failure(ref.name(), status, sentence, file, label);
    return new Refusal(report.of(kind, kind == ModelKind.MULTI_LABEL ? onlyLabels() : null));
  }

  /** Outcomes of an image that the model gave no answer for. */
  private List<ClassOutcome> onlyLabels() {
    List<ClassOutcome> outcomes = new ArrayList<>();
    if (labels != null) {
      labels.known().forEach(l -> outcomes.add(outcome(ClassRef.of(l))));
      labels.unknown().forEach(text -> outcomes.add(outcome(ClassRef.unmatched(text))));
    }
    return outcomes;
  }

  private static ClassOutcome outcome(ClassRef classRef) {
    return new ClassOutcome(classRef, null, null, true, null);
  }
}
