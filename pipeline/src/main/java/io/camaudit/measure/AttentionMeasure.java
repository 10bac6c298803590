package io.camaudit.measure;

import io.camaudit.report.Attention;
import java.util.Arrays;

/**
 * Numbers of a map that need no region. With x the map's n cells after ReLU and p = x / Σx their
 * share of the energy:
 *
 * <ul>
 *   <li>entropy: −Σ p ln p / ln n (Shannon 1948), with 0 ln 0 = 0;
 *   <li>Gini: Σ (2i − n − 1) x₍ᵢ₎ / (n Σx), x₍₁₎ ≤ … ≤ x₍ₙ₎ (Hurley and Rickard 2009,
 *       arXiv:0811.4706);
 *   <li>effective area: participation ratio (Σx)² / (n Σx²) (Bell and Dean 1970), the share of the
 *       cells that would hold the energy if they shared it evenly;
 *   <li>centre of mass: c = Σ p r, with r the cell's centre;
 *   <li>dispersion: √(Σ p |r − c|²);
 *   <li>border share: Σ p w, with w the share of the cell that lies in the frame of width {@link
 *       #FRAME} along the edges; corner share likewise with the four squares of side {@link
 *       #FRAME};
 *   <li>lift: the share divided by the same share of a uniform map, {@link #BORDER_AREA} and {@link
 *       #CORNER_AREA};
 *   <li>peak: the centre of the greatest cell, ties to the first in row order.
 * </ul>
 *
 * <p>Lengths are fractions of the side: a grid that is not square still covers the square.
 *
 * <p>Edge cases: a map of equal cells has entropy 1, Gini 0, effective area 1. So has a map of one
 * cell (n = 1), whose entropy the formula leaves open as 0/0: it covers everything evenly. A map
 * without anything positive or with a value that is not finite has no numbers: {@link
 * IllegalArgumentException}.
 */
public final class AttentionMeasure {
  /** Width of the frame and side of the corner squares: the outermost ring of a 7 x 7 map. */
  public static final double FRAME = 1.0 / 7;

  /** The frame's share of the area, 24/49. */
  public static final double BORDER_AREA = 1 - (1 - 2 * FRAME) * (1 - 2 * FRAME);

  /** The corner squares' share of the area, 4/49. */
  public static final double CORNER_AREA = 4 * FRAME * FRAME;

  private AttentionMeasure() {}

  /** Measures a raw map {@code [h][w]}, before ReLU. */
  public static Attention of(float[][] raw) {
    return of(PositiveMap.of(raw));
  }

  /** Measures a raw map {@code [height · width]}, before ReLU, row by row. */
  public static Attention of(float[] raw, int height, int width) {
    return of(PositiveMap.of(raw, height, width));
  }

  private static Attention of(PositiveMap map) {
    int n = map.cells().length;
    double sum = 0;
    double squares = 0;
    for (float x : map.cells()) {
      sum += x;
      squares += (double) x * x;
    }
    double[] frameX = shareInFrame(map.width());
    double[] frameY = shareInFrame(map.height());
    double entropy = 0;
    double centreX = 0;
    double centreY = 0;
    double border = 0;
    double corner = 0;
    for (int i = 0; i < n; i++) {
      double p = map.cells()[i] / sum;
      if (p == 0) {
        continue;
      }
      int row = i / map.width();
      int column = i % map.width();
      entropy -= p * Math.log(p);
      centreX += p * (column + 0.5) / map.width();
      centreY += p * (row + 0.5) / map.height();
      border += p * (1 - (1 - frameX[column]) * (1 - frameY[row]));
      corner += p * frameX[column] * frameY[row];
    }
    return new Attention(
        n == 1 ? 1 : entropy / Math.log(n),
        gini(map.cells(), sum),
        sum * sum / (n * squares),
        centreX,
        centreY,
        dispersion(map, sum, centreX, centreY),
        border,
        border / BORDER_AREA,
        corner,
        corner / CORNER_AREA,
        map.peakX(),
        map.peakY());
  }

  private static double gini(float[] cells, double sum) {
    float[] sorted = cells.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      weighted += (2.0 * (i + 1) - n - 1) * sorted[i];
    }
    return weighted / (n * sum);
  }

  /** A second pass: the difference of two sums of squares would lose the digits of a narrow map. */
  private static double dispersion(PositiveMap map, double sum, double centreX, double centreY) {
    double variance = 0;
    for (int i = 0; i < map.cells().length; i++) {
      double dx = (i % map.width() + 0.5) / map.width() - centreX;
      double dy = (Math.floorDiv(i, map.width()) + 0.5) / map.height() - centreY;
      variance += map.cells()[i] / sum * (dx * dx + dy * dy);
    }
    return Math.sqrt(variance);
  }

  /** Of each of the cells along one side: the share of its length within FRAME of either end. */
  private static double[] shareInFrame(int cells) {
    double[] share = new double[cells];
    double frame = FRAME * cells; // in cells
    for (int i = 0; i < cells; i++) {
      double head = Math.min(1, Math.max(0, frame - i));
      double tail = Math.min(1, Math.max(0, frame - (cells - 1 - i)));
      share[i] = Math.min(1, head + tail);
    }
    return share;
  }
}
