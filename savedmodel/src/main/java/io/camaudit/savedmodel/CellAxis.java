package io.camaudit.savedmodel;

import java.util.List;

/**
 * Where a map's n cells lie along one side of the model's input, S pixels long. Whatever lays maps,
 * regions or pictures on each other asks here.
 *
 * <ul>
 *   <li>The coordinate of a place is i at the centre c(i) of cell i, and straight between centres.
 *   <li>A cell covers what is nearer to its centre than to any other: cell i begins at edge e(i) =
 *       (c(i − 1) + c(i)) / 2, where the coordinate is i − ½, and ends at e(i + 1). The outermost
 *       cells reach the ends of the side: e(0) = 0, e(n) = S. So each place of the side belongs to
 *       one cell, and a single cell covers all of it.
 *   <li>Without measured centres the cells share the side evenly: c(i) = (i + ½) S/n, e(i) = i S/n,
 *       and the coordinate of u is {@code u·n/S − ½}: half-pixel centres, as {@code
 *       tf.image.resize} and {@code cv2.resize} have it. Stated centres at these places mean the
 *       same but for rounding.
 * </ul>
 *
 * <p>Places are in pixels of the input from its edge, 0 to S.
 */
public final class CellAxis {
  private final int cells;
  private final int side;
  private final double[] centers;
  private final double evenLength;

  private CellAxis(int cells, int side, double[] centers) {
    this.cells = cells;
    this.side = side;
    this.centers = centers;
    this.evenLength = (double) side / cells;
  }

  /**
   * @param cells n, at least 1
   * @param side S, of the input, pixels
   * @param centers n centres, ascending; null for even cells
   */
  public static CellAxis of(int cells, int side, List<Double> centers) {
    return new CellAxis(
        cells,
        side,
        centers == null ? null : centers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * The map coordinate of a place; before the first and behind the last centre it goes on as
   * between the nearest two.
   *
   * @param u pixels of the input from its edge
   */
  public double coordinate(double u) {
    if (centers == null) {
      return u * cells / side - 0.5;
    }
    if (cells == 1) {
      return 0;
    }
    int i = 0;
    while (i < cells - 2 && u >= centers[i + 1]) {
      i++;
    }
    return i + (u - centers[i]) / (centers[i + 1] - centers[i]);
  }

  /** How many cells there are, n. */
  public int cells() {
    return cells;
  }

  /** Length of the side, S, pixels. */
  public int side() {
    return side;
  }

  /** Whether the cells share the side evenly, rather than by measured centres. */
  public boolean isEven() {
    return centers == null;
  }

  /** The same, between the centres of the first and the last cell. */
  public double clamped(double u) {
    return Math.min(Math.max(coordinate(u), 0), cells - 1);
  }

  /** The centre of a cell, pixels of the input from its edge. */
  public double center(int cell) {
    return centers == null ? (cell + 0.5) / cells * side : centers[cell];
  }

  /**
   * Where a cell begins and the one before it ends, e(i).
   *
   * @param cell 0 to n; n for the end of the last
   */
  public double edge(int cell) {
    if (centers == null) {
      return cell * evenLength;
    }
    if (cell == 0) {
      return 0;
    }
    return cell == cells ? side : (centers[cell - 1] + centers[cell]) / 2;
  }

  /** Length of what a cell covers, pixels; above 0 where centres ascend within the side. */
  public double length(int cell) {
    return centers == null ? evenLength : edge(cell + 1) - edge(cell);
  }

  /**
   * How much of a stretch of the side a cell covers, pixels; 0 if none, whatever rounding says.
   *
   * @param from where the stretch begins
   * @param to where it ends
   */
  public double overlap(int cell, double from, double to) {
    return Math.max(0, Math.min(to, edge(cell + 1)) - Math.max(from, edge(cell)));
  }

  /**
   * The edge to whole pixels, halves up, as a picture's pixels are parted among cells.
   *
   * @param cell 0 to n
   */
  public int wholeEdge(int cell) {
    return centers == null
        ? (int) Math.floorDiv(2L * cell * side + cells, 2L * cells)
        : (int) Math.round(edge(cell));
  }

  /** The cell that covers a place; of an edge the cell that begins there. */
  public int cellAt(double u) {
    if (centers == null) {
      return Math.min(cells - 1, (int) (u / evenLength));
    }
    int cell = 0;
    while (cell < cells - 1 && u >= edge(cell + 1)) {
      cell++;
    }
    return cell;
  }
}
