package io.camaudit.page;

import java.util.List;

/**
 * Outlines of the regions where the model ought to look in one image.
 *
 * @param rings closed polygons, each {@code x0, y0, x1, y1, ...} as fractions of the upright
 *     photograph's width and height, from its top left; the last point need not repeat the first
 */
public record RegionOutline(List<double[]> rings) {
  public RegionOutline {
    rings = List.copyOf(rings);
  }
}
