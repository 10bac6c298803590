package io.camaudit.alter;

import io.camaudit.savedmodel.InputPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills a hole in from the pixels that stay, coarse to fine, in double precision.
 *
 * <ol>
 *   <li>A pyramid: a cell of level l + 1 covers up to 2 x 2 cells of level l (at odd sizes the last
 *       ones fewer) and has the mean of the known pixels that it covers; a cell that covers none is
 *       unknown. Level 0 is the picture. The last level is the first without an unknown cell.
 *   <li>Downwards, each unknown cell of a level takes the bilinear interpolation of the level above
 *       at its centre (half-pixel centres, clamped to the grid), and then {@link #SWEEPS} times all
 *       unknown cells at once take the weighted mean of their neighbours: direct ones weigh 1/6,
 *       diagonal ones 1/12, those outside of the picture nothing.
 * </ol>
 *
 * The weights are ROAD's noisy linear imputation (Rong et al. 2022, arXiv:2202.00449, section 4.2),
 * which solves the same equations exactly and adds noise. Nothing random and no order of pixels
 * enters here, so the same picture is always filled with the same numbers.
 */
final class SmoothFill {
  /** Sweeps on each level; the levels above have carried the large scales already. */
  static final int SWEEPS = 8;

  private static final double DIRECT = 1.0 / 6;
  private static final double DIAGONAL = 1.0 / 12;

  private SmoothFill() {}

  /**
   * @param hole not all of the picture
   */
  static InputPicture of(InputPicture picture, PixelSet hole) {
    List<Level> levels = new ArrayList<>();
    levels.add(Level.of(picture, hole));
    while (levels.get(levels.size() - 1).unknown.length > 0) {
      levels.add(levels.get(levels.size() - 1).coarser());
    }
    for (int l = levels.size() - 2; l >= 0; l--) {
      Level level = levels.get(l);
      level.takeFrom(levels.get(l + 1));
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        level.sweep();
      }
    }
    float[] filled = picture.values().clone();
    double[] values = levels.get(0).values;
    int channels = picture.channels();
    for (int i = 0; i < filled.length; i++) {
      if (hole.has(i / channels)) {
        filled[i] = (float) values[i];
      }
    }
    return new InputPicture(picture.height(), picture.width(), channels, filled);
  }

  /**
   * One level of the pyramid.
   *
   * @param values {@code [height · width · channels]}; anything in unknown cells until they are
   *     filled
   * @param weight known pixels that each cell covers
   * @param unknown the cells that cover none, in row order
   */
  private record Level(
      int height, int width, int channels, double[] values, int[] weight, int[] unknown) {
    static Level of(InputPicture picture, PixelSet hole) {
      int[] weight = new int[picture.pixels()];
      double[] values = new double[picture.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = picture.values()[i];
      }
      for (int i = 0; i < weight.length; i++) {
        weight[i] = hole.has(i) ? 0 : 1;
      }
      return of(picture.height(), picture.width(), picture.channels(), values, weight);
    }

    private static Level of(int height, int width, int channels, double[] values, int[] weight) {
      int[] unknown = IntStream.range(0, weight.length).filter(i -> weight[i] == 0).toArray();
      return new Level(height, width, channels, values, weight, unknown);
    }

    Level coarser() {
      int coarseHeight = (height + 1) / 2;
      int coarseWidth = (width + 1) / 2;
      double[] sums = new double[coarseHeight * coarseWidth * channels];
      int[] weights = new int[coarseHeight * coarseWidth];
      for (int i = 0; i < weight.length; i++) {
        int cell = i / width / 2 * coarseWidth + i % width / 2;
        weights[cell] += weight[i];
        for (int c = 0; weight[i] > 0 && c < channels; c++) {
          sums[cell * channels + c] += weight[i] * values[i * channels + c];
        }
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] /= Math.max(1, weights[i / channels]);
      }
      return of(coarseHeight, coarseWidth, channels, sums, weights);
    }

    void takeFrom(Level above) {
      for (int cell : unknown) {
        double y = Math.min(above.height - 1.0, Math.max(0, (cell / width + 0.5) / 2 - 0.5));
        double x = Math.min(above.width - 1.0, Math.max(0, (cell % width + 0.5) / 2 - 0.5));
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(above.height - 1, top + 1);
        int right = Math.min(above.width - 1, left + 1);
        for (int c = 0; c < channels; c++) {
          double upper = above.between(top, left, right, x - left, c);
          double lower = above.between(bottom, left, right, x - left, c);
          values[cell * channels + c] = upper + (lower - upper) * (y - top);
        }
      }
    }

    private double between(int row, int left, int right, double share, int channel) {
      double from = values[(row * width + left) * channels + channel];
      double to = values[(row * width + right) * channels + channel];
      return from + (to - from) * share;
    }

    /** All unknown cells at once, from the values before. */
    void sweep() {
      double[] next = new double[unknown.length * channels];
      for (int u = 0; u < unknown.length; u++) {
        int y = unknown[u] / width;
        int x = unknown[u] % width;
        double total = 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            if (y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) {
              continue;
            }
            double share = dy == 0 && dx == 0 ? 0 : dy == 0 || dx == 0 ? DIRECT : DIAGONAL;
            int neighbour = (unknown[u] + dy * width + dx) * channels;
            total += share;
            for (int c = 0; c < channels; c++) {
              next[u * channels + c] += share * values[neighbour + c];
            }
          }
        }
        for (int c = 0; c < channels; c++) {
          next[u * channels + c] /= total;
        }
      }
      for (int i = 0; i < next.length; i++) {
        values[unknown[i / channels] * channels + i % channels] = next[i];
      }
    }
  }
}
