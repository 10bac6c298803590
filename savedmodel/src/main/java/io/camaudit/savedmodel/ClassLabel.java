package io.camaudit.savedmodel;

import java.util.List;

/**
 * One of the model's classes: its index, a stable id, and its names, of which the first is shown.
 */
public record ClassLabel(int index, String id, List<String> names) {
  /** The name to show. */
  public String name() {
    return names.get(0);
  }
}
