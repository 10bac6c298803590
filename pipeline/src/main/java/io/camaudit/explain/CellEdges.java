package io.camaudit.explain;

import io.camaudit.report.ReportJson;
import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.ModelCard;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The content of {@code raw/cells.json}: where the cells of the raw maps beside it lie, which are
 * the model's own numbers in the layer's grid and say nothing of a place.
 *
 * @param placement by which the cells were laid
 * @param inputHeight of the model's input, pixels
 * @param inputWidth likewise
 * @param layers by name
 */
public record CellEdges(
    String placement, int inputHeight, int inputWidth, Map<String, Edges> layers) {
  /** The file in the folder of what was explained. */
  public static final String FILE = MapFiles.RAW + "/cells.json";

  /**
   * Edges of a layer's cells as {@link CellAxis} has them, pixels of the input, ascending.
   *
   * @param y h + 1 numbers: row r covers y[r] to y[r + 1], from the top
   * @param x w + 1 numbers: column c covers x[c] to x[c + 1], from the left
   */
  public record Edges(double[] y, double[] x) {}

  /** Of the layers that are explained. */
  public static CellEdges of(ExplainSettings settings, ModelCard card) {
    Map<String, Edges> layers = new LinkedHashMap<>();
    for (String name : LayerChoice.resolve(settings.layers(), card)) {
      CellLayout layout = settings.placement().layout(card.layer(name), card.input());
      layers.put(name, new Edges(edges(layout.rows()), edges(layout.columns())));
    }
    return new CellEdges(
        settings.placement().toString(), card.input().height(), card.input().width(), layers);
  }

  public byte[] json() {
    return ReportJson.document(this);
  }

  private static double[] edges(CellAxis axis) {
    return IntStream.rangeClosed(0, axis.cells()).mapToDouble(axis::edge).toArray();
  }
}
