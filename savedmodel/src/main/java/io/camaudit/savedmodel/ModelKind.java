package io.camaudit.savedmodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How many classes a model finds in a picture. */
public enum ModelKind {
  /** One of several that exclude each other: the greatest logit's. */
  @JsonProperty("single-label")
  SINGLE_LABEL,
  /** No or yes, by one sigmoid, which stands here as two logits. */
  @JsonProperty("yes-no")
  YES_NO,
  /** Any number, each by a sigmoid of its own and a threshold. */
  @JsonProperty("multi-label")
  MULTI_LABEL;

  /** As it stands in files and sentences. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
