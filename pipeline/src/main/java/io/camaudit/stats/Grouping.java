package io.camaudit.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;

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
  IMAGE;

  /** The class in whose row of a run so grouped a view is; null if it is in none. */
  public ClassRef rowOf(ClassView view) {
    ImageReport report = view.report();
    return switch (view.part()) {
      case WHOLE -> this == LABEL ? report.label() : report.predicted();
      case LABELLED, FALSE_ALARM -> this == LABEL ? view.classRef() : null;
      case UNLABELLED -> this == PREDICTION ? view.classRef() : null;
    };
  }
}
