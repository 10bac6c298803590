package io.camaudit.faithfulness;

import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.CellLayout;
import java.util.Collection;

/**
 * The grid of cells that are taken out of pictures. It is the same for all maps of a run, or a fine
 * map would be measured by other holes than a coarse one; a finer map is averaged down to it. Its
 * cells are equal parts of the picture wherever maps are laid, or an order that prefers large cells
 * would take more out.
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
   * Mean of a map over each cell, row by row. A cell (r, c) of R x C covers the rows r H/R to (r +
   * 1) H/R of a picture that is H high, and columns likewise; of a map's values each counts by the
   * part of the cell that its own cell covers, from edge to edge. A map of the grid's own size
   * whose cells share the picture evenly keeps its values exactly.
   *
   * @param layout of the map's cells on the picture
   */
  double[] means(float[][] map, CellLayout layout) {
    return layout.isEven() ? means(map) : laidMeans(map, layout);
  }

  private double[] laidMeans(float[][] map, CellLayout layout) {
    double[][] down = parts(layout.rows(), rows);
    double[][] across = parts(layout.columns(), columns);
    double[] means = new double[cells()];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (int y = 0; y < map.length; y++) {
        for (int x = 0; x < map[y].length; x++) {
          sum += map[y][x] * down[i / columns][y] * across[i % columns][x];
        }
      }
      means[i] = (float) sum; // rounding must not order the cells of a map without differences
    }
    return means;
  }

  /** Of each of some equal parts of a side, which share of it each cell covers. */
  private static double[][] parts(CellAxis axis, int count) {
    double[][] parts = new double[count][axis.cells()];
    double length = (double) axis.side() / count;
    for (int part = 0; part < count; part++) {
      for (int cell = 0; cell < axis.cells(); cell++) {
        parts[part][cell] = axis.overlap(cell, part * length, (part + 1) * length) / length;
      }
    }
    return parts;
  }

  /**
   * The same of cells that share the picture evenly, in whole numbers: a cell covers of an h x w
   * map the rows r h/R to (r + 1) h/R and the columns c w/C to (c + 1) w/C.
   */
  private double[] means(float[][] map) {
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
