package io.camaudit.measure;

import io.camaudit.report.Attention;
import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;

/**
 * Numbers of a map that need no region. With x the map's n cells after ReLU and p = x / Σx their
 * share of the energy, which is a cell's own wherever it lies:
 *
 * <ul>
 *   <li>entropy: −Σ p ln p / ln n (Shannon 1948), with 0 ln 0 = 0;
 *   <li>Gini: Σ (2i − n − 1) x₍ᵢ₎ / (n Σx), x₍₁₎ ≤ … ≤ x₍ₙ₎ (Hurley and Rickard 2009,
 *       arXiv:0811.4706);
 *   <li>effective area: participation ratio (Σx)² / (n Σx²) (Bell and Dean 1970), the share of the
 *       cells that would hold the energy if they shared it evenly;
 *   <li>centre of mass: c = Σ p r, with r the cell's centre;
 *   <li>dispersion: √(Σ p |r − c|²);
 *   <li>border share: Σ p w, with w the share of the cell, from edge to edge, that lies in the
 *       frame of width {@link #FRAME} along the edges; corner share likewise with the four squares
 *       of side {@link #FRAME};
 *   <li>lift: the share divided by the same share of a map of equal cells, Σ w / n; where cells
 *       share the input evenly that is the area, {@link #BORDER_AREA} and {@link #CORNER_AREA};
 *   <li>peak: the centre of the greatest cell, ties to the first in row order.
 * </ul>
 *
 * <p>Lengths are fractions of the side: a grid that is not square still covers the square. Centres
 * and edges of cells are those of {@link CellAxis}; entropy, Gini and effective area do not depend
 * on them.
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

  /** Measures a raw map {@code [h][w]}, before ReLU, whose cells share the input evenly. */
  public static Attention of(float[][] raw) {
    PositiveMap map = PositiveMap.of(raw);
    return of(map, even(map.height(), map.width()));
  }

  /** Measures a raw map {@code [height · width]}, before ReLU, row by row, likewise. */
  public static Attention of(float[] raw, int height, int width) {
    return of(PositiveMap.of(raw, height, width), even(height, width));
  }

  /** Measures a raw map {@code [height · width]}, before ReLU, row by row. */
  public static Attention of(float[] raw, CellLayout layout) {
    return of(PositiveMap.of(raw, layout.height(), layout.width()), layout);
  }

  /** In fractions of the side it does not matter how long that is. */
  private static CellLayout even(int height, int width) {
    return CellLayout.even(height, width, height, width);
  }

  private static Attention of(PositiveMap map, CellLayout layout) {
    int n = map.cells().length;
    double sum = 0;
    double squares = 0;
    for (float x : map.cells()) {
      sum += x;
      squares += (double) x * x;
    }
    Along columns = Along.of(layout.columns());
    Along rows = Along.of(layout.rows());
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
      centreX += p * columns.centers[column] / columns.length;
      centreY += p * rows.centers[row] / rows.length;
      border += p * (1 - (1 - columns.inFrame[column]) * (1 - rows.inFrame[row]));
      corner += p * columns.inFrame[column] * rows.inFrame[row];
    }
    return new Attention(
        n == 1 ? 1 : entropy / Math.log(n),
        gini(map.cells(), sum),
        sum * sum / (n * squares),
        centreX,
        centreY,
        dispersion(map, columns, rows, sum, centreX, centreY),
        border,
        border / (1 - (1 - columns.meanInFrame) * (1 - rows.meanInFrame)),
        corner,
        corner / (columns.meanInFrame * rows.meanInFrame),
        columns.centers[map.peakColumn()] / columns.length,
        rows.centers[map.peakRow()] / rows.length);
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
  private static double dispersion(
      PositiveMap map, Along columns, Along rows, double sum, double centreX, double centreY) {
    double variance = 0;
    for (int i = 0; i < map.cells().length; i++) {
      double dx = columns.centers[i % map.width()] / columns.length - centreX;
      double dy = rows.centers[Math.floorDiv(i, map.width())] / rows.length - centreY;
      variance += map.cells()[i] / sum * (dx * dx + dy * dy);
    }
    return Math.sqrt(variance);
  }

  /**
   * Cells along one side, in whatever unit is exact: cells where they share the side evenly, else
   * pixels.
   *
   * @param length of the side
   * @param centers of the cells
   * @param inFrame of each cell the share of its length within FRAME of either end
   * @param meanInFrame of a map of equal cells; of cells that share the side evenly exactly the
   *     length of both ends
   */
  private record Along(double length, double[] centers, double[] inFrame, double meanInFrame) {
    static Along of(CellAxis axis) {
      int cells = axis.cells();
      boolean even = axis.isEven();
      double length = even ? cells : axis.side();
      double frame = FRAME * length;
      double[] centers = new double[cells];
      double[] inFrame = new double[cells];
      double sum = 0;
      for (int i = 0; i < cells; i++) {
        double from = even ? i : axis.edge(i);
        double to = even ? i + 1 : axis.edge(i + 1);
        double head = Math.min(1, Math.max(0, (frame - from) / (to - from)));
        double tail = Math.min(1, Math.max(0, (frame - (length - to)) / (to - from)));
        centers[i] = even ? i + 0.5 : axis.center(i);
        inFrame[i] = Math.min(1, head + tail);
        sum += inFrame[i];
      }
      return new Along(length, centers, inFrame, even ? 2 * FRAME : sum / cells);
    }
  }
}
