package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelKind;

/** Checks what was said for a multi-label model's threshold. */
public final class ThresholdChoice {
  private ThresholdChoice() {}

  /**
   * @param threshold null for what the card says
   * @throws UserException if it is no probability, or the model has no use for one
   */
  public static void check(Double threshold, ModelCard card) {
    if (threshold == null) {
      return;
    }
    if (card.decision().kind() != ModelKind.MULTI_LABEL) {
      throw UserException.wrongArguments(
          "--threshold %s goes with multi-label models; this one is %s, its answer is the most probable class.",
          threshold, card.decision().kind());
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw UserException.wrongArguments("--threshold %s: must lie between 0 and 1.", threshold);
    }
  }

  /** The threshold that counts; null for a model without one. */
  public static Double of(Double threshold, ModelCard card) {
    return card.decision().kind() == ModelKind.MULTI_LABEL && threshold != null
        ? threshold
        : card.decision().threshold();
  }
}
