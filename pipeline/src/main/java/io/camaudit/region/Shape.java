package io.camaudit.region;

import java.io.Serializable;
import java.util.List;

/**
 * One annotated shape in the annotation's own pixels: x to the right, y downwards, (0, 0) the left
 * upper corner of the first pixel. Arrays are not copied: whoever makes a shape gives them away.
 */
sealed interface Shape extends Serializable permits Box, Polygons, Runs {
  /** Adds the shape to a canvas. */
  void paint(CoverageCanvas canvas, AxisMap toCanvas);

  /** The smallest box around the shape; null if it has no area. */
  Box bounds();

  /** Closed rings {@code x0, y0, x1, y1, …} around the shape, for drawing. */
  List<double[]> rings();
}
