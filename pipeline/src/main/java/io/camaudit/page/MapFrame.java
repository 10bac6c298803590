package io.camaudit.page;

import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.Geometry;
import io.camaudit.savedmodel.Placement;
import java.util.List;
import java.util.Map;

/** Which part of a photograph the model's input shows, and so a map covers. */
@FunctionalInterface
public interface MapFrame {
  /** All of it, each axis scaled on its own. */
  MapFrame WHOLE = (width, height) -> new Edges(0, 0, 1, 1);

  /**
   * As a model's card says.
   *
   * @param inputWidth of the model's input, pixels
   * @param inputHeight likewise
   * @param centers by layer where cells were laid, first of the layer that images are judged by;
   *     null where they share the input evenly
   */
  static MapFrame of(
      Geometry geometry, int inputWidth, int inputHeight, Map<String, CellCenters> centers) {
    return new MapFrame() {
      @Override
      public Edges on(int width, int height) {
        Placement at = geometry.place(width, height, inputWidth, inputHeight);
        return new Edges(
            at.left() / width,
            at.top() / height,
            (at.left() + inputWidth * at.scaleX()) / width,
            (at.top() + inputHeight * at.scaleY()) / height);
      }

      @Override
      public Cells cells(String layer) {
        CellCenters found = centers == null ? null : centers.get(layer);
        return found == null
            ? null
            : new Cells(shares(found.x(), inputWidth), shares(found.y(), inputHeight));
      }

      @Override
      public Cells judged() {
        return centers == null || centers.isEmpty()
            ? null
            : cells(centers.keySet().iterator().next());
      }
    };
  }

  private static double[] shares(List<Double> centers, int side) {
    return centers.stream().mapToDouble(center -> Words.round(center / side)).toArray();
  }

  /** The model's input on an upright photograph of this size. */
  Edges on(int width, int height);

  /** Where a layer's cells lie on the input; null to share it evenly. */
  default Cells cells(String layer) {
    return null;
  }

  /** The same of the layer that images are judged by, whose mean maps classes have. */
  default Cells judged() {
    return null;
  }

  /**
   * Centres of columns and rows of cells, as fractions of the input's width and height.
   *
   * @param x from the left, ascending
   * @param y from the top, ascending
   */
  record Cells(double[] x, double[] y) {}

  /**
   * Edges of the model's input as fractions of the photograph's width and height. Below 0 and above
   * 1 where it reaches beyond the photograph (letterbox).
   */
  record Edges(double left, double top, double right, double bottom) {}
}
