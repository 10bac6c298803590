package io.camaudit.region;

import io.camaudit.measure.RegionMask;
import java.util.Arrays;
import java.util.Optional;

/**
 * Paints shapes on the model's input by area coverage. Each shape's coverage of a pixel is exact:
 * the area of their intersection, within rounding. The union of several shapes takes the greatest
 * coverage of each pixel, which is exact wherever a pixel is wholly inside one shape or touched by
 * only one; elsewhere, along edges that overlap, it is a lower bound.
 */
final class CoverageCanvas {
  /** Less of a pixel counts as none: rounding must not make a region touch a pixel. */
  static final double LEAST_COVERAGE = 1e-3;

  private final int width;
  private final int height;
  private final RegionMask.Box window;
  private final float[] union;
  private RegionMask.Box unionBox;

  // The shape in work: one column more on the right for what a ring adds beyond its last edge.
  private final int stride;
  private final double[] shape;
  private RegionMask.Box shapeBox;

  /**
   * An empty canvas.
   *
   * @param width of the model's input, pixels
   * @param height likewise
   * @param window the part of the input that shows photograph; shapes are clipped to it
   */
  CoverageCanvas(int width, int height, RegionMask.Box window) {
    this.width = width;
    this.height = height;
    this.window = window;
    this.union = new float[width * height];
    this.stride = width + 2;
    this.shape = new double[stride * height];
  }

  /** Adds a rectangle with any two opposite corners to the shape, which it must not overlap. */
  void addRectangle(double x0, double y0, double x1, double y1) {
    double left = Math.max(window.left(), Math.min(x0, x1));
    double right = Math.min(window.right(), Math.max(x0, x1));
    double top = Math.max(window.top(), Math.min(y0, y1));
    double bottom = Math.min(window.bottom(), Math.max(y0, y1));
    if (!(left < right && top < bottom)) {
      return;
    }
    for (int y = (int) top; y < bottom; y++) {
      double high = Math.min(y + 1, bottom) - Math.max(y, top);
      for (int x = (int) left; x < right; x++) {
        shape[y * stride + x] += high * (Math.min(x + 1, right) - Math.max(x, left));
      }
    }
    grow(new RegionMask.Box(left, top, right, bottom));
  }

  /**
   * Makes a closed ring {@code x0, y0, x1, y1, …} the shape. A ring that crosses itself counts by
   * its winding number, where that is not 0.
   */
  void addRing(double[] ring) {
    double[] clipped = RingClip.to(window, ring);
    if (clipped.length < 6) {
      return;
    }
    RegionMask.Box box = RingClip.box(window, ring);
    if (box == null) {
      return;
    }
    for (int i = 0, j = clipped.length - 2; i < clipped.length; j = i, i += 2) {
      addEdge(clipped[j], clipped[j + 1], clipped[i], clipped[i + 1]);
    }
    // Edges that stray outside the box do so along the window's edge and back: they cancel.
    for (int y = (int) box.top(); y < box.bottom(); y++) {
      double sum = 0;
      for (int x = (int) box.left(); x < box.right(); x++) {
        sum += shape[y * stride + x];
        shape[y * stride + x] = Math.abs(sum);
      }
    }
    grow(box);
  }

  /**
   * Adds what lies right of an edge, signed by the edge's direction, as differences along each row:
   * a part of the edge of height d within one pixel, at mean distance m from the pixel's left, adds
   * d (1 − m) to that pixel and d to all on its right.
   */
  private void addEdge(double x0, double y0, double x1, double y1) {
    if (y0 == y1) {
      return;
    }
    double sign = y0 < y1 ? 1 : -1;
    double top = Math.min(y0, y1);
    double bottom = Math.max(y0, y1);
    double slope = (x1 - x0) / (y1 - y0);
    for (int y = (int) top; y < bottom; y++) {
      double from = Math.max(y, top);
      double to = Math.min(y + 1, bottom);
      double a = between(x0, x1, x0 + (from - y0) * slope);
      double b = between(x0, x1, x0 + (to - y0) * slope);
      addInRow(y, Math.min(a, b), Math.max(a, b), sign * (to - from));
    }
  }

  private void addInRow(int y, double left, double right, double height) {
    int first = (int) left;
    int last = (int) right;
    double perUnit = right > left ? height / (right - left) : 0;
    for (int x = first; x <= last; x++) {
      double from = Math.max(x, left);
      double to = Math.min(x + 1, right);
      double part = first == last ? height : perUnit * (to - from);
      double mean = (from + to) / 2 - x;
      shape[y * stride + x] += part * (1 - mean);
      shape[y * stride + x + 1] += part * mean;
    }
  }

  private static double between(double a, double b, double value) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), value));
  }

  /** Joins the shape to the union and starts a new one. */
  void endShape() {
    if (shapeBox == null) {
      return;
    }
    int firstX = width;
    int firstY = height;
    int lastX = -1;
    int lastY = -1;
    for (int y = (int) shapeBox.top(); y < shapeBox.bottom(); y++) {
      for (int x = (int) shapeBox.left(); x < shapeBox.right(); x++) {
        double coverage = Math.min(1, shape[y * stride + x]);
        if (coverage >= LEAST_COVERAGE) {
          union[y * width + x] = Math.max(union[y * width + x], (float) coverage);
          firstX = Math.min(firstX, x);
          lastX = Math.max(lastX, x);
          firstY = Math.min(firstY, y);
          lastY = y;
        }
      }
      Arrays.fill(shape, y * stride, (y + 1) * stride, 0);
    }
    if (lastX >= 0) {
      // Parts too thin to touch a pixel do not count.
      RegionMask.Box seen =
          new RegionMask.Box(
              Math.max(shapeBox.left(), firstX),
              Math.max(shapeBox.top(), firstY),
              Math.min(shapeBox.right(), lastX + 1),
              Math.min(shapeBox.bottom(), lastY + 1));
      unionBox = around(unionBox, seen);
    }
    shapeBox = null;
  }

  /** The union; empty if no pixel is covered. The canvas is used up. */
  Optional<RegionMask> mask() {
    return unionBox == null
        ? Optional.empty()
        : Optional.of(new RegionMask(width, height, union, unionBox));
  }

  private void grow(RegionMask.Box box) {
    shapeBox = around(shapeBox, box);
  }

  private static RegionMask.Box around(RegionMask.Box a, RegionMask.Box b) {
    return a == null
        ? b
        : new RegionMask.Box(
            Math.min(a.left(), b.left()),
            Math.min(a.top(), b.top()),
            Math.max(a.right(), b.right()),
            Math.max(a.bottom(), b.bottom()));
  }
}
