package io.camaudit.faithfulness;

import io.camaudit.Sha256;
import io.camaudit.alter.PixelSet;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An order in which the cells of a map are taken out of the picture that it lies over. A pixel (x,
 * y) of W x H belongs to the cell (⌊x w / W⌋, ⌊y h / H⌋) of w x h.
 */
final class CellOrder {
  private final int width;
  private final int height;
  private final int[] rank; // of each cell, row by row

  private CellOrder(int width, int height, int[] order) {
    this.width = width;
    this.height = height;
    this.rank = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
  }

  /**
   * The most relevant cell first, by the raw map, where cells below 0 speak against the class; of
   * equal ones the first row by row.
   */
  static CellOrder mostRelevantFirst(float[][] map) {
    int columns = map[0].length;
    int[] order =
        IntStream.range(0, map.length * columns)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> map[i / columns][i % columns]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    return new CellOrder(columns, map.length, order);
  }

  /** The same from its other end. */
  CellOrder reversed() {
    int[] order = new int[rank.length];
    for (int cell = 0; cell < rank.length; cell++) {
      order[rank.length - 1 - rank[cell]] = cell;
    }
    return new CellOrder(width, height, order);
  }

  /** An order that depends on a name alone. */
  static CellOrder byChance(int width, int height, String name) {
    SplittableRandom random =
        new SplittableRandom(Long.parseUnsignedLong(Sha256.hex(name).substring(0, 16), 16));
    int[] order = IntStream.range(0, width * height).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return new CellOrder(width, height, order);
  }

  /** The pixels of the first cells: of a share of all, rounded to whole cells. */
  PixelSet first(double share, int pictureWidth, int pictureHeight) {
    long count = Math.round(share * rank.length);
    return PixelSet.of(
        pictureWidth,
        pictureHeight,
        i -> {
          int column = (int) ((long) (i % pictureWidth) * width / pictureWidth);
          int row = (int) ((long) (i / pictureWidth) * height / pictureHeight);
          return rank[width * row + column] < count;
        });
  }
}
