package io.camaudit.savedmodel;

import java.util.List;

/**
 * Where a map's cells lie along one side of the model's input. A place's map coordinate is i at the
 * centre of cell i, and straight between centres.
 *
 * <p>Without measured centres the cells share the side evenly, so that the coordinate of u is
 * {@code u·n/S − ½}: half-pixel centres, as {@code tf.image.resize} and {@code cv2.resize} have it.
 */
public final class CellAxis {
  private final int cells;
  private final int side;
  private final double[] centers;

  private CellAxis(int cells, int side, double[] centers) {
    this.cells = cells;
    this.side = side;
    this.centers = centers;
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

  /** The same, between the centres of the first and the last cell. */
  public double clamped(double u) {
    return Math.min(Math.max(coordinate(u), 0), cells - 1);
  }

  /** The centre of a cell, pixels of the input from its edge. */
  public double center(int cell) {
    return centers == null ? (cell + 0.5) / cells * side : centers[cell];
  }
}
