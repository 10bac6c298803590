package io.camaudit.stats;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What puts an image into a class's row. */
public enum Grouping {
  /**
   * Its label, or each of its labels and of the classes predicted in their stead; an image without
   * one counts in the dataset's row alone.
   */
  @JsonProperty("label")
  LABEL,
  /**
   * The model's first prediction, or each predicted class, because no image of the dataset has a
   * label.
   */
  @JsonProperty("prediction")
  PREDICTION,
  /** No row's: an image of a multi-label model as one image. */
  @JsonProperty("image")
  IMAGE
}
