package io.camaudit.savedmodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One of the model's classes: its index, a stable id, and its names, of which the first is shown.
 */
public record ClassLabel(
    @JsonProperty(required = true) int index,
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) List<String> names) {
  /** The name to show. */
  public String name() {
    return names.get(0);
  }
}
