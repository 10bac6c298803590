package io.camaudit.explain;

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
}
