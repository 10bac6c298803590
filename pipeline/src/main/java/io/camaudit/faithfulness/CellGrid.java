package io.camaudit.faithfulness;

import java.util.Collection;

/**
 * The grid of cells that are taken out of pictures. It is the same for all maps of a run, or a fine
 * map would be measured by other holes than a coarse one; a finer map is averaged down to it.
 */
record CellGrid(int rows, int columns) {
  /** The fewest rows and columns of any map. */
  static CellGrid coarsest(Collection<float[][]> maps) {
    return new CellGrid(
        maps.stream().mapToInt(map -> map.length).min().orElse(1),
        maps.stream().mapToInt(map -> map[0].length).min().orElse(1));
  }

  int cells() {
    return rows * columns;
  }

  /**
   * Mean of a map over each cell, row by row. A cell (r, c) of R x C covers of an h x w map the
   * rows r h/R to (r + 1) h/R and the columns c w/C to (c + 1) w/C; a value that it covers in part
   * counts by that part. A map of the grid's own size keeps its values exactly.
   */
  double[] means(float[][] map) {
    int height = map.length;
    int width = map[0].length;
    double[] means = new double[cells()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double sum = 0;
        for (int y = row * height / rows; y * rows < (row + 1) * height; y++) {
          for (int x = column * width / columns; x * columns < (column + 1) * width; x++) {
            sum +=
                (double) map[y][x]
                    * overlap(y, row, height, rows)
                    * overlap(x, column, width, columns);
          }
        }
        means[row * columns + column] = sum / ((double) height * width);
      }
    }
    return means;
  }

  /** How much of a fine cell a coarse one covers along a side, in parts of 1/coarse. */
  private static int overlap(int fine, int coarse, int ofFine, int ofCoarse) {
    return Math.min((fine + 1) * ofCoarse, (coarse + 1) * ofFine)
        - Math.max(fine * ofCoarse, coarse * ofFine);
  }
}
