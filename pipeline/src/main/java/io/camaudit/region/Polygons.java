package io.camaudit.region;

import java.util.ArrayList;
import java.util.List;

/**
 * One or more rings, each filled by itself: the parts of an object that something else divides.
 *
 * @param parts each {@code x0, y0, x1, y1, …}, at least three points, closed by itself; 32-bit, for
 *     a large annotation file is mostly these
 */
record Polygons(float[][] parts) implements Shape {
  @Override
  public void paint(CoverageCanvas canvas, AxisMap toCanvas) {
    for (float[] part : parts) {
      double[] ring = new double[part.length];
      for (int i = 0; i < part.length; i += 2) {
        ring[i] = toCanvas.x(part[i], part[i + 1]);
        ring[i + 1] = toCanvas.y(part[i], part[i + 1]);
      }
      canvas.addRing(ring);
      canvas.endShape();
    }
  }

  @Override
  public Box bounds() {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (float[] part : parts) {
      for (int i = 0; i < part.length; i += 2) {
        left = Math.min(left, part[i]);
        right = Math.max(right, part[i]);
        top = Math.min(top, part[i + 1]);
        bottom = Math.max(bottom, part[i + 1]);
      }
    }
    return new Box(left, top, right, bottom).bounds();
  }

  @Override
  public List<double[]> rings() {
    List<double[]> rings = new ArrayList<>();
    for (float[] part : parts) {
      double[] ring = new double[part.length];
      for (int i = 0; i < part.length; i++) {
        ring[i] = part[i];
      }
      rings.add(ring);
    }
    return rings;
  }

  /** Twice the signed area of a ring (shoelace formula); 0 for one that encloses nothing. */
  static double doubleArea(float[] ring) {
    double sum = 0;
    for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      sum += (double) ring[j] * ring[i + 1] - (double) ring[i] * ring[j + 1];
    }
    return sum;
  }
}
