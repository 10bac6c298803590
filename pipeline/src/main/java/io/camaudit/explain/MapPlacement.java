package io.camaudit.explain;

import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.ModelCard;
import java.util.Locale;

/**
 * Where a map's cells are laid on the model's input: in pictures, in every number that speaks of a
 * place, and in what is taken out of pictures by a map. A map's values do not depend on it.
 */
public enum MapPlacement {
  /** Cells share the input evenly, as every tool does it that resizes the map. */
  RESIZE,

  /** At the centres of their receptive fields, which the export measured; evenly without any. */
  RECEPTIVE_FIELD;

  /**
   * The placement of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static MapPlacement parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Where a layer's cells lie; null to share the input evenly. */
  CellCenters of(ModelCard.Layer layer) {
    return this == RECEPTIVE_FIELD ? layer.centers() : null;
  }

  /** Where a layer's cells lie on the model's input. */
  public CellLayout layout(ModelCard.Layer layer, ModelCard.Input input) {
    return CellLayout.of(layer.height(), layer.width(), input.height(), input.width(), of(layer));
  }

  /** The name as users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
