package io.camaudit.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a multi-label model said of one class of an image, which is predicted, a label, or both.
 *
 * @param classRef the class; a label that is none of the model's has no index
 * @param probability sigmoid of the class's logit, 0 to 1; null for a label that is none of the
 *     model's classes, and after a failure
 * @param predicted whether the probability is above the threshold; null after a failure
 * @param labelled whether the class is one of the image's labels; null for an unlabelled image
 * @param verdict by the explanation of this class and the region of this class; null for an
 *     unlabelled image, for a class that was not explained, and after a failure
 */
public record ClassOutcome(
    @JsonProperty("class") ClassRef classRef,
    Float probability,
    Boolean predicted,
    Boolean labelled,
    Verdict verdict) {

  /** Whether prediction and label agree; null where one of them is not known. */
  Boolean correct() {
    return predicted == null || labelled == null || classRef.index() == null
        ? null
        : Boolean.valueOf(predicted.equals(labelled));
  }
}
