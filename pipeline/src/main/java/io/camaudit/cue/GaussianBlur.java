package io.camaudit.cue;

import java.util.Arrays;

/**
 * Weighted means of a pixel's neighbours along both axes, one after the other: at distance d {@code
 * exp(−d² / 2σ²)}, to 3σ, over those that lie in the picture.
 *
 * @param across σ along rows, pixels, above 0
 * @param down σ along columns, likewise
 */
record GaussianBlur(double across, double down) {
  private static final int REACH = 3;

  /**
   * @param values [height · width], row by row
   */
  double[] of(double[] values, int width, int height) {
    double[] rows = new double[values.length];
    along(values, rows, width, 1, height, width, weights(across));
    double[] both = new double[values.length];
    along(rows, both, height, width, width, 1, weights(down));
    return both;
  }

  private static double[] weights(double sigma) {
    double[] weights = new double[(int) Math.ceil(REACH * sigma) + 1];
    Arrays.setAll(weights, d -> StrictMath.exp(-d * d / (2 * sigma * sigma)));
    return weights;
  }

  /**
   * Blurs lines of values.
   *
   * @param length of a line
   * @param step from a value of a line to the next
   * @param lines how many there are
   * @param lineStep from a line's first value to the next line's
   */
  private static void along(
      double[] from, double[] to, int length, int step, int lines, int lineStep, double[] weights) {
    for (int line = 0; line < lines; line++) {
      int start = line * lineStep;
      for (int i = 0; i < length; i++) {
        int last = Math.min(length - 1, i + weights.length - 1);
        double sum = 0;
        double weight = 0;
        for (int j = Math.max(0, i - weights.length + 1); j <= last; j++) {
          double each = weights[Math.abs(i - j)];
          sum += each * from[start + j * step];
          weight += each;
        }
        to[start + i * step] = sum / weight;
      }
    }
  }
}
