package io.camaudit.stats;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What puts an image into a class's row. */
public enum Grouping {
  /** Its label; an image without one counts in the dataset's row alone. */
  @JsonProperty("label")
  LABEL,
  /** The model's first prediction, because no image of the dataset has a label. */
  @JsonProperty("prediction")
  PREDICTION
}
