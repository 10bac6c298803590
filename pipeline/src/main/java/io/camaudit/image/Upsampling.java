package io.camaudit.image;

import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.Placement;

/**
 * Where along one axis of a picture the cells of a map lie: for each pixel the two cells it lies
 * between and its share of the second. Bilinear with clamped edges: the pixel at p is seen from the
 * input at u = (p + ½ − offset) / scale, whose map coordinate {@link CellAxis} knows.
 *
 * @param cell first of the two cells; −1 where the pixel lies outside the input
 * @param share of the cell after it, 0 to 1
 * @param runEnd first later pixel with another cell
 */
record Upsampling(int[] cell, float[] share, int[] runEnd) {
  /**
   * @param pixels of the picture along this axis
   * @param cells n, of the map along this axis
   * @param axis where they lie on the input
   * @param inputSize S, side of the input along this axis
   * @param offset the input's first edge on the picture, pixels
   * @param scale picture's pixels for one of the input's
   */
  private static Upsampling along(
      int pixels, int cells, CellAxis axis, int inputSize, double offset, double scale) {
    int[] cell = new int[pixels];
    float[] share = new float[pixels];
    for (int p = 0; p < pixels; p++) {
      double u = (p + 0.5 - offset) / scale;
      if (u < 0 || u > inputSize) {
        cell[p] = -1;
        continue;
      }
      double at = axis.clamped(u);
      cell[p] = (int) Math.min(Math.floor(at), Math.max(0, cells - 2));
      share[p] = (float) (at - cell[p]);
    }
    int[] runEnd = new int[pixels];
    for (int p = pixels - 1; p >= 0; p--) {
      runEnd[p] = p + 1 < pixels && cell[p + 1] == cell[p] ? runEnd[p + 1] : p + 1;
    }
    return new Upsampling(cell, share, runEnd);
  }

  static Upsampling columns(int width, SaliencyMap map, Placement on) {
    CellAxis axis = map.across(on.width());
    return along(width, map.width(), axis, on.width(), on.left(), on.scaleX());
  }

  static Upsampling rows(int height, SaliencyMap map, Placement on) {
    CellAxis axis = map.down(on.height());
    return along(height, map.height(), axis, on.height(), on.top(), on.scaleY());
  }
}
