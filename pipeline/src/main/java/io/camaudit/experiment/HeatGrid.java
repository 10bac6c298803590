package io.camaudit.experiment;

import io.camaudit.measure.PositiveMap;
import io.camaudit.report.RawMap;
import java.util.Optional;

/**
 * A raw map as it travels with a trial.
 *
 * @param values {@code [height][width]}, before ReLU
 */
record HeatGrid(float[][] values) {
  static HeatGrid of(RawMap map) {
    return map == null || map.values() == null ? null : new HeatGrid(map.values());
  }

  /** Empty for a map without anything positive. */
  Optional<PositiveMap> positive() {
    return PositiveMap.find(values);
  }
}
