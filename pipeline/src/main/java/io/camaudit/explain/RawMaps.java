package io.camaudit.explain;

import io.camaudit.image.SaliencyMap;
import io.camaudit.report.RawMap;
import java.util.Arrays;

/** From the model's flat floats to the map of a report. */
final class RawMaps {
  private RawMaps() {}

  /**
   * @param values {@code h·w}, row by row
   */
  static RawMap of(float[] values, int height, int width) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return new RawMap(height, width, null, null, null);
      }
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    float[][] rows = new float[height][];
    for (int y = 0; y < height; y++) {
      rows[y] = Arrays.copyOfRange(values, y * width, (y + 1) * width);
    }
    return new RawMap(height, width, min, max, rows);
  }

  /** The flat floats again, of a map that has values. */
  static SaliencyMap saliency(RawMap map) {
    float[] flat = new float[map.height() * map.width()];
    for (int y = 0; y < map.height(); y++) {
      System.arraycopy(map.values()[y], 0, flat, y * map.width(), map.width());
    }
    return new SaliencyMap(map.height(), map.width(), flat);
  }
}
