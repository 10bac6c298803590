package io.camaudit.measure;

import java.util.Locale;

/**
 * A region on the model's input, by area coverage: a pixel half of which lies in the region counts
 * half.
 */
public final class RegionMask {
  private final int width;
  private final int height;
  private final float[] coverage;
  private final Box box;
  private final double area;

  /**
   * A rectangle on the input, in pixels from its left upper corner; the right and lower edges are
   * exclusive, so that a single pixel (x, y) is {@code (x, y, x + 1, y + 1)}.
   */
  public record Box(double left, double top, double right, double bottom) {
    double area() {
      return Math.max(0, right - left) * Math.max(0, bottom - top);
    }

    /** Intersection over union, 0 to 1; 0 for two boxes without area. */
    double iou(Box other) {
      Box common =
          new Box(
              Math.max(left, other.left),
              Math.max(top, other.top),
              Math.min(right, other.right),
              Math.min(bottom, other.bottom));
      double union = area() + other.area() - common.area();
      return union > 0 ? common.area() / union : 0;
    }
  }

  /**
   * Wraps a raster.
   *
   * @param width of the model's input, W
   * @param height likewise, H
   * @param coverage {@code [H · W]}, row by row, 0 to 1, at least one pixel above 0; not copied
   * @param box the smallest box around the region
   */
  public RegionMask(int width, int height, float[] coverage, Box box) {
    if (coverage.length != width * height) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d pixels are not %d x %d", coverage.length, width, height));
    }
    double sum = 0;
    for (float c : coverage) {
      if (!(c >= 0 && c <= 1)) {
        throw new IllegalArgumentException("a pixel cannot be covered by " + c);
      }
      sum += c;
    }
    if (sum == 0) {
      throw new IllegalArgumentException("a region that covers nothing is no region");
    }
    this.width = width;
    this.height = height;
    this.coverage = coverage;
    this.box = box;
    this.area = sum;
  }

  /** Width of the model's input, W, in pixels. */
  public int width() {
    return width;
  }

  /** Height of the model's input, H, in pixels. */
  public int height() {
    return height;
  }

  /** Covered share of a pixel, 0 to 1. */
  public float at(int x, int y) {
    return coverage[y * width + x];
  }

  /** The smallest box around the region. */
  public Box box() {
    return box;
  }

  /** Covered area in pixels, greater than 0. */
  public double area() {
    return area;
  }

  float at(int pixel) {
    return coverage[pixel];
  }
}
