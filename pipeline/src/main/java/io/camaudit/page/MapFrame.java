package io.camaudit.page;

import io.camaudit.savedmodel.Geometry;
import io.camaudit.savedmodel.Placement;

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
   */
  static MapFrame of(Geometry geometry, int inputWidth, int inputHeight) {
    return (width, height) -> {
      Placement at = geometry.place(width, height, inputWidth, inputHeight);
      return new Edges(
          at.left() / width,
          at.top() / height,
          (at.left() + inputWidth * at.scaleX()) / width,
          (at.top() + inputHeight * at.scaleY()) / height);
    };
  }

  /** The model's input on an upright photograph of this size. */
  Edges on(int width, int height);

  /**
   * Edges of the model's input as fractions of the photograph's width and height. Below 0 and above
   * 1 where it reaches beyond the photograph (letterbox).
   */
  record Edges(double left, double top, double right, double bottom) {}
}
