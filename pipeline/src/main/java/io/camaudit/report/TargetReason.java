package io.camaudit.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a class is explained for an image. */
public enum TargetReason {
  /** It is the model's first choice; of a multi-label model: it is above the threshold. */
  @JsonProperty("predicted")
  PREDICTED,
  /** It is the image's label, or one of them, and the prediction is another class. */
  @JsonProperty("label")
  LABEL,
  /** It is among the first K predictions that {@code top:K} asks for. */
  @JsonProperty("rank")
  RANK,
  /** It was asked for by name, id or index. */
  @JsonProperty("requested")
  REQUESTED
}
