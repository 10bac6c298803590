package io.camaudit.faithfulness;

import io.camaudit.Sha256;
import io.camaudit.alter.PixelSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * An order in which the cells of a grid are taken out of a picture. Cells are numbered row by row
 * from 0; a pixel (x, y) of W x H belongs to the column ⌊x C / W⌋ and the row ⌊y R / H⌋.
 */
final class CellOrder {
  private final CellGrid grid;
  private final int[] rank; // of each cell

  private CellOrder(CellGrid grid, int[] order) {
    this.grid = grid;
    this.rank = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
  }

  /**
   * An order that has nothing to do with what a picture shows: by the SHA-256 of the image's name,
   * a line's end and the cell's number.
   */
  static CellOrder byChance(CellGrid grid, String image) {
    String[] hashes =
        IntStream.range(0, grid.cells())
            .mapToObj(cell -> Sha256.hex(image + "\n" + cell))
            .toArray(String[]::new);
    return sorted(grid, Comparator.comparing(cell -> hashes[cell]));
  }

  /**
   * The most relevant cell first; of equal ones, those that come first by chance, so that a map
   * without differences is no better and no worse than chance.
   *
   * @param relevance of each cell
   */
  static CellOrder mostRelevantFirst(CellGrid grid, double[] relevance, CellOrder chance) {
    return sorted(
        grid,
        Comparator.comparingDouble((Integer cell) -> relevance[cell])
            .reversed()
            .thenComparing(cell -> chance.rank[cell]));
  }

  private static CellOrder sorted(CellGrid grid, Comparator<Integer> by) {
    return new CellOrder(
        grid,
        IntStream.range(0, grid.cells()).boxed().sorted(by).mapToInt(Integer::intValue).toArray());
  }

  /** The same from its other end. */
  CellOrder reversed() {
    int[] order = new int[rank.length];
    for (int cell = 0; cell < rank.length; cell++) {
      order[rank.length - 1 - rank[cell]] = cell;
    }
    return new CellOrder(grid, order);
  }

  /** The pixels of the first cells: of a share of all, rounded to whole cells. */
  PixelSet first(double share, int width, int height) {
    long count = Math.round(share * rank.length);
    return PixelSet.of(
        width,
        height,
        i -> {
          int column = (int) ((long) (i % width) * grid.columns() / width);
          int row = (int) ((long) (i / width) * grid.rows() / height);
          return rank[row * grid.columns() + column] < count;
        });
  }
}
