package io.camaudit.explain;

import io.camaudit.input.ImageRef;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.savedmodel.ClassLabel;

/**
 * An image as the listing has it, and what its label means to the model.
 *
 * @param ref what was listed
 * @param label as reports say it; null without one
 * @param known the model's class of that label; null if there is none
 */
record Subject(ImageRef ref, ClassRef label, ClassLabel known) {
  static Subject of(ImageRef ref, ClassIndex classes) {
    ClassLabel known = new ImageLabels(classes).of(ref);
    if (known != null) {
      return new Subject(ref, ClassRef.of(known), known);
    }
    boolean stated = ref.label() != null && !ref.labelGuessed();
    return new Subject(ref, stated ? ClassRef.unmatched(ref.label()) : null, null);
  }

  /** Says why the image does not get as far as the model. */
  Refusal refuse(ImageStatus status, String reason, ImageFile file) {
    String sentence = reason == null ? "no further reason is known" : reason;
    return new Refusal(ImageReport.failure(ref.name(), status, sentence, file, label));
  }
}
