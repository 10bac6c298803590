package io.camaudit.savedmodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Where a layer's cells look: the centres of their receptive fields as the export measured them, in
 * pixels of the model's input, counted from the edges of its first pixel.
 *
 * @param y of the rows of cells, from the top, ascending
 * @param x of the columns, from the left, ascending
 */
public record CellCenters(
    @JsonProperty(required = true) List<Double> y, @JsonProperty(required = true) List<Double> x) {
  public CellCenters {
    y = ascending(y);
    x = ascending(x);
  }

  /** Whether all lie within an input of this size. */
  boolean liesOn(int height, int width) {
    return within(y, height) && within(x, width);
  }

  private static boolean within(List<Double> places, int side) {
    return places.isEmpty() || places.get(0) >= 0 && places.get(places.size() - 1) <= side;
  }

  private static List<Double> ascending(List<Double> places) {
    for (int i = 0; i < places.size(); i++) {
      boolean follows = i == 0 || places.get(i) > places.get(i - 1);
      if (!Double.isFinite(places.get(i)) || !follows) {
        throw new IllegalArgumentException("centres of cells are numbers, each above the last");
      }
    }
    return List.copyOf(places);
  }
}
