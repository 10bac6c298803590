package io.camaudit.savedmodel;

/**
 * Where the cells of a layer's maps lie on the model's input: cell (r, c) covers the rows' r-th and
 * the columns' c-th interval, as {@link CellAxis} says.
 */
public record CellLayout(CellAxis rows, CellAxis columns) {
  /**
   * Cells at their measured centres, or evenly.
   *
   * @param centers null for cells that share the input evenly
   */
  public static CellLayout of(
      int height, int width, int inputHeight, int inputWidth, CellCenters centers) {
    return new CellLayout(
        CellAxis.of(height, inputHeight, centers == null ? null : centers.y()),
        CellAxis.of(width, inputWidth, centers == null ? null : centers.x()));
  }

  /** Cells that share the input evenly. */
  public static CellLayout even(int height, int width, int inputHeight, int inputWidth) {
    return of(height, width, inputHeight, inputWidth, null);
  }

  /** Rows of cells. */
  public int height() {
    return rows.cells();
  }

  /** Columns of cells. */
  public int width() {
    return columns.cells();
  }

  /** Whether the cells share the input evenly. */
  public boolean isEven() {
    return rows.isEven() && columns.isEven();
  }
}
