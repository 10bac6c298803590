package io.camaudit.region;

/**
 * A map of the plane that keeps the axes: {@code x' = scaleX · u + shiftX, y' = scaleY · v +
 * shiftY}, with (u, v) = (x, y), or (y, x) if the axes swap. Rectangles stay rectangles.
 */
record AxisMap(boolean swap, double scaleX, double shiftX, double scaleY, double shiftY) {
  static final AxisMap IDENTITY = new AxisMap(false, 1, 0, 1, 0);

  double x(double x, double y) {
    return scaleX * (swap ? y : x) + shiftX;
  }

  double y(double x, double y) {
    return scaleY * (swap ? x : y) + shiftY;
  }

  /** This map, and then {@code x'' = (x' − left) / unitX, y'' = (y' − top) / unitY}. */
  AxisMap into(double left, double top, double unitX, double unitY) {
    return new AxisMap(
        swap, scaleX / unitX, (shiftX - left) / unitX, scaleY / unitY, (shiftY - top) / unitY);
  }
}
