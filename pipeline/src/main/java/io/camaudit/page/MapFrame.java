package io.camaudit.page;

/** Which part of a photograph the model's input square shows, and so a map covers. */
@FunctionalInterface
public interface MapFrame {
  /** All of it, each axis scaled on its own. */
  MapFrame WHOLE = (width, height) -> new Square(0, 0, 1, 1);

  /** The input square on an upright photograph of this size. */
  Square square(int width, int height);

  /**
   * Edges of the input square as fractions of the photograph's width and height. Below 0 and above
   * 1 where the square reaches beyond the photograph (letterbox).
   */
  record Square(double left, double top, double right, double bottom) {}
}
