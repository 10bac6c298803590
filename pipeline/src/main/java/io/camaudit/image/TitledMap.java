package io.camaudit.image;

import java.util.List;

/**
 * A map with what stands above it.
 *
 * @param lines of text, which may be none
 */
public record TitledMap(SaliencyMap map, List<String> lines) {
  public TitledMap {
    lines = List.copyOf(lines);
  }
}
