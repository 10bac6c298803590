package io.camaudit.explain;

import io.camaudit.image.MapPictures;
import io.camaudit.report.Explanation;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelKind;
import java.util.Locale;

/**
 * What pictures say of an explained class: its name and its probability, and of a difference the
 * other class's too.
 *
 * @param logits [K], of one image
 */
record Captions(ClassIndex classes, ModelKind kind, float[] logits) {
  String of(Explanation explanation) {
    String target = of(explanation.target().index());
    return explanation.versus() == null
        ? target
        : target + " rather than " + of(explanation.versus().index());
  }

  private String of(int index) {
    double probability =
        kind == ModelKind.MULTI_LABEL
            ? 1 / (1 + Math.exp(-logits[index]))
            : Softmax.probability(logits, index);
    return Double.isFinite(probability)
        ? String.format(Locale.ROOT, "%s  %.1f %%", name(index), 100 * probability)
        : name(index);
  }

  /** The name, or what else stands for a class whose name has letters that cannot be drawn. */
  private String name(int index) {
    ClassLabel label = classes.label(index);
    if (MapPictures.canWrite(label.name())) {
      return label.name();
    }
    return MapPictures.canWrite(label.id())
        ? label.id()
        : String.format(Locale.ROOT, "class %d", index);
  }
}
