package io.camaudit.stats;

import io.camaudit.measure.PositiveMap;

/** Maps brought to one scale, in fixed point ({@link Moments#quantise}), so that sums are exact. */
final class MapScale {
  private MapScale() {}

  /** The cells over the greatest of them, 0 to 1. */
  static long[] byMaximum(PositiveMap map) {
    return quantised(map.cells(), map.max());
  }

  /** The cells over their Euclidean norm, 0 to 1. */
  static long[] byNorm(PositiveMap map) {
    double squares = 0;
    for (float cell : map.cells()) {
      squares += (double) cell * cell;
    }
    return quantised(map.cells(), Math.sqrt(squares));
  }

  private static long[] quantised(float[] cells, double divisor) {
    long[] quantised = new long[cells.length];
    for (int i = 0; i < cells.length; i++) {
      quantised[i] = Moments.quantise(cells[i] / divisor);
    }
    return quantised;
  }
}
