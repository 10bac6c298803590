package io.camaudit.report;

import io.camaudit.savedmodel.ModelKind;
import java.util.List;

/**
 * Everything that is said about one image. Its JSON form is published as a schema; absent values
 * are left out.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param image path relative to the input's root, with forward slashes; unique in a run
 * @param status how the work ended; of the maps, the first explanation counts
 * @param reason one sentence where the status is not OK
 * @param file null if nothing could be read
 * @param label null for an unlabelled image
 * @param predictions the most likely classes, most likely first; empty after a failure
 * @param correct whether the first prediction is the label, for a multi-label model whether the
 *     predicted classes are exactly the labels; null without a label that the model knows
 * @param explanations in the order of the targets, each with its layers as chosen, for all the
 *     default one first; empty after a failure
 * @param verdict null for an unlabelled image, after a failure, and for a multi-label model, which
 *     has one a class
 * @param kind of the model; null for a single-label one
 * @param classes of a multi-label model: the classes that are predicted or labels, predicted ones
 *     first, most probable first; null for other models
 */
public record ImageReport(
    int schema,
    String image,
    ImageStatus status,
    String reason,
    ImageFile file,
    ClassRef label,
    List<Prediction> predictions,
    Boolean correct,
    List<Explanation> explanations,
    Verdict verdict,
    ModelKind kind,
    List<ClassOutcome> classes) {
  public static final int SCHEMA = 1;

  public ImageReport {
    predictions = List.copyOf(predictions);
    explanations = List.copyOf(explanations);
    classes = classes == null ? null : List.copyOf(classes);
  }

  /** The report of a single-label model. */
  public ImageReport(
      int schema,
      String image,
      ImageStatus status,
      String reason,
      ImageFile file,
      ClassRef label,
      List<Prediction> predictions,
      Boolean correct,
      List<Explanation> explanations,
      Verdict verdict) {
    this(
        schema,
        image,
        status,
        reason,
        file,
        label,
        predictions,
        correct,
        explanations,
        verdict,
        null,
        null);
  }

  /** The same of a model of another kind. */
  public ImageReport of(ModelKind newKind, List<ClassOutcome> newClasses) {
    return new ImageReport(
        schema,
        image,
        status,
        reason,
        file,
        label,
        predictions,
        correct,
        explanations,
        verdict,
        newKind == ModelKind.SINGLE_LABEL ? null : newKind,
        newClasses);
  }

  /** The explanation that the status and the verdict are about; null after a failure. */
  public Explanation first() {
    return explanations.isEmpty() ? null : explanations.get(0);
  }

  /** The most likely class; null after a failure. */
  public ClassRef predicted() {
    if (predictions.isEmpty()) {
      return null;
    }
    Prediction best = predictions.get(0);
    return new ClassRef(best.index(), best.id(), best.name());
  }

  /** The report of an image that could not be explained. */
  public static ImageReport failure(
      String image, ImageStatus status, String reason, ImageFile file, ClassRef label) {
    if (!status.isFailure()) {
      throw new IllegalArgumentException(status + " is no failure");
    }
    return new ImageReport(
        SCHEMA, image, status, reason, file, label, List.of(), null, List.of(), null);
  }
}
