package io.camaudit.page;

import io.camaudit.savedmodel.Geometry;
import io.camaudit.savedmodel.Placement;

/** Which part of a photograph the model's input square shows, and so a map covers. */
@FunctionalInterface
public interface MapFrame {
  /** All of it, each axis scaled on its own. */
  MapFrame WHOLE = (width, height) -> new Square(0, 0, 1, 1);

  /**
   * As a model's card says.
   *
   * @param size side of the input square, S
   */
  static MapFrame of(Geometry geometry, int size) {
    return (width, height) -> {
      Placement at = geometry.place(width, height, size);
      return new Square(
          at.left() / width,
          at.top() / height,
          (at.left() + size * at.scaleX()) / width,
          (at.top() + size * at.scaleY()) / height);
    };
  }

  /** The input square on an upright photograph of this size. */
  Square square(int width, int height);

  /**
   * Edges of the input square as fractions of the photograph's width and height. Below 0 and above
   * 1 where the square reaches beyond the photograph (letterbox).
   */
  record Square(double left, double top, double right, double bottom) {}
}
