package io.camaudit.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.camaudit.alter.HeatPlaces;
import io.camaudit.measure.PositiveMap;
import io.camaudit.report.RawMap;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import java.util.Optional;

/**
 * A raw map as it travels with a trial.
 *
 * @param values {@code [height][width]}, before ReLU
 * @param centers where the run laid its cells; null to share the input evenly
 */
record HeatGrid(float[][] values, @JsonInclude(JsonInclude.Include.NON_NULL) CellCenters centers) {
  /** Null for a map without values. */
  static HeatGrid of(RawMap map, CellCenters centers) {
    return map == null || map.values() == null ? null : new HeatGrid(map.values(), centers);
  }

  /** Where a picture of this size is hot; empty for a map without anything positive. */
  Optional<HeatPlaces> places(int width, int height) {
    return PositiveMap.find(values)
        .map(
            map ->
                new HeatPlaces(
                    map, CellLayout.of(map.height(), map.width(), height, width, centers)));
  }
}
