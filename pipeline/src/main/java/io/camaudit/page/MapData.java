package io.camaudit.page;

import io.camaudit.channel.LikedImage;
import io.camaudit.report.RawMap;
import java.util.List;

/**
 * A map for the browser.
 *
 * @param h rows
 * @param w columns
 * @param v values over {@code max}, row by row from the top, 0 to 1, three decimals
 * @param max what 1 stands for
 * @param unit what {@code max} counts; null where the page says it
 * @param x centres of the columns as fractions of the width; null to share it evenly
 * @param y of the rows likewise
 */
record MapData(int h, int w, double[] v, double max, String unit, double[] x, double[] y) {
  /**
   * A raw map after ReLU, its cells where they were laid; null without values.
   *
   * @param cells null to share the frame evenly
   */
  static MapData of(RawMap map, MapFrame.Cells cells) {
    MapData even = of(map);
    return even == null ? null : even.at(cells);
  }

  /** A raw map after ReLU; null without values. */
  static MapData of(RawMap map) {
    if (map == null || map.values() == null) {
      return null;
    }
    double[] values = new double[map.height() * map.width()];
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        values[y * map.width() + x] = map.values()[y][x];
      }
    }
    return scaled(map.height(), map.width(), values, null);
  }

  /**
   * A channel's map; null without one.
   *
   * @param cells null to share the frame evenly
   */
  static MapData of(LikedImage.Heat heat, MapFrame.Cells cells) {
    if (heat == null) {
      return null;
    }
    double[] values = new double[heat.cells().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(1000 * (heat.cells()[i] & 0xff) / 255.0) / 1000.0;
    }
    return new MapData(heat.height(), heat.width(), values, heat.peak(), null, null, null)
        .at(cells);
  }

  /**
   * A mean or deviation map, cell by cell; null without values. What is drawn between the cells is
   * the mean of what is drawn of each map, as both are straight.
   *
   * @param cells null to share the frame evenly
   */
  static MapData of(List<List<Double>> rows, String unit, MapFrame.Cells cells) {
    if (rows == null || rows.isEmpty()) {
      return null;
    }
    double[] values =
        rows.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
    return scaled(rows.size(), rows.get(0).size(), values, unit).at(cells);
  }

  private MapData at(MapFrame.Cells cells) {
    return cells == null ? this : new MapData(h, w, v, max, unit, cells.x(), cells.y());
  }

  private static MapData scaled(int h, int w, double[] values, String unit) {
    double max = 0;
    for (double value : values) {
      max = Math.max(max, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = max == 0 ? 0 : Math.round(1000 * Math.max(0, values[i]) / max) / 1000.0;
    }
    double top = Double.parseDouble(Float.toString((float) max));
    return new MapData(h, w, values, top, unit, null, null);
  }
}
