package io.camaudit.alter;

import io.camaudit.measure.PositiveMap;
import io.camaudit.measure.UpsampledMap;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;
import java.util.Optional;

/**
 * Places in a picture by the heat of its map, which is upsampled to the picture's pixels and
 * compared in whole steps, so that no rounding decides between two places.
 */
public final class HeatPlaces {
  /** The share of a picture that its hot spot is. */
  private static final int HOT_PART = 10;

  /** The hottest window's sides are three sevenths of the map's. */
  private static final double WINDOW = 3.0 / 7;

  private final PositiveMap map;
  private final CellLayout layout;
  private final int width;
  private final int height;
  private final int[] heat;

  /**
   * @param layout of the map's cells on the picture
   */
  public HeatPlaces(PositiveMap map, CellLayout layout) {
    this.map = map;
    this.layout = layout;
    this.width = layout.columns().side();
    this.height = layout.rows().side();
    UpsampledMap upsampled = UpsampledMap.of(map, layout);
    this.heat = new int[width * height];
    Arrays.setAll(heat, upsampled::at);
  }

  /**
   * The hottest tenth of the picture, rounded to whole pixels; ties go to the first in row order.
   * Pixels without heat are left out, so a map with less of it has less.
   */
  public PixelSet hotSpot() {
    int[] sorted = heat.clone();
    Arrays.sort(sorted);
    int wanted = Math.max(1, (heat.length + HOT_PART / 2) / HOT_PART);
    int least = Math.max(1, sorted[sorted.length - wanted]);
    long above = Arrays.stream(heat).filter(value -> value > least).count();
    long[] left = {wanted - above};
    return PixelSet.of(width, height, i -> heat[i] > least || heat[i] == least && left[0]-- > 0);
  }

  /**
   * The pixels of the hottest window of the map, from its first cells' edges to its last ones': 3 x
   * 3 cells of a 7 x 7 map, and in proportion of maps of other sizes; ties go to the first in row
   * order.
   */
  public PixelSet hotWindow() {
    int rows = (int) Math.max(1, Math.round(WINDOW * map.height()));
    int columns = (int) Math.max(1, Math.round(WINDOW * map.width()));
    double most = -1;
    int top = 0;
    int left = 0;
    for (int y = 0; y + rows <= map.height(); y++) {
      for (int x = 0; x + columns <= map.width(); x++) {
        double sum = sum(y, x, rows, columns);
        if (sum > most) {
          most = sum;
          top = y;
          left = x;
        }
      }
    }
    int fromY = layout.rows().wholeEdge(top);
    int toY = layout.rows().wholeEdge(top + rows);
    int fromX = layout.columns().wholeEdge(left);
    int toX = layout.columns().wholeEdge(left + columns);
    return PixelSet.of(
        width,
        height,
        i -> i / width >= fromY && i / width < toY && i % width >= fromX && i % width < toX);
  }

  private double sum(int top, int left, int rows, int columns) {
    double sum = 0;
    for (int y = top; y < top + rows; y++) {
      for (int x = left; x < left + columns; x++) {
        sum += map.cells()[y * map.width() + x];
      }
    }
    return sum;
  }

  /**
   * A set of pixels moved, as it is, to where it meets least heat; of several such places the one
   * that is nearest to its own, then the first in row order.
   *
   * @param shown the part of the picture that it has to stay in
   * @param taken pixels that it must not touch
   * @return empty if there is no such place
   */
  public Optional<PixelSet> coldest(PixelSet shape, PixelSet shown, PixelSet taken) {
    PixelSet forbidden = PixelSet.of(width, height, i -> taken.has(i) || !shown.has(i));
    return ColdestPlace.of(shape, heat, forbidden);
  }
}
