package io.camaudit.cue;

import io.camaudit.alter.PixelSet;
import io.camaudit.savedmodel.Placement;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pixels of the model's input placed back on the upright photograph: those of its pixels whose
 * centre lies on one of them.
 *
 * @param width of the photograph
 * @param height likewise
 * @param counts COCO's run lengths: column by column, each from the top, outside first
 * @param area pixels of the photograph, above 0
 * @param box the smallest around them: left, top, width, height
 */
record PlacedMask(int width, int height, int[] counts, long area, int[] box) {
  private static final int BEYOND = -1;

  /** Empty if no pixel of the photograph has its centre on one of them. */
  static Optional<PlacedMask> of(PixelSet pixels, Placement on, int width, int height) {
    int[] columns = places(width, on.left(), on.scaleX(), on.width());
    int[] rows = places(height, on.top(), on.scaleY(), on.height());
    RunLengths runs = new RunLengths();
    int[] box = {width, height, 0, 0};
    int[] ends = {};
    for (int x = 0; x < width; x++) {
      if (x == 0 || columns[x] != columns[x - 1]) {
        ends = ends(pixels, columns[x], rows);
      }
      int from = 0;
      for (int i = 0; i < ends.length; i++) {
        runs.add(i % 2 == 1, ends[i] - from);
        from = ends[i];
      }
      runs.add(ends.length % 2 == 1, height - from);
      if (ends.length > 0) {
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], ends[0]);
        box[2] = x + 1;
        box[3] = Math.max(box[3], ends.length % 2 == 1 ? height : ends[ends.length - 1]);
      }
    }
    box[2] -= box[0];
    box[3] -= box[1];
    return runs.inside() == 0
        ? Optional.empty()
        : Optional.of(new PlacedMask(width, height, runs.counts(), runs.inside(), box));
  }

  /** On which of the input's pixels each of the photograph's has its centre, along one axis. */
  private static int[] places(int length, double first, double scale, int input) {
    int[] places = new int[length];
    for (int i = 0; i < length; i++) {
      double place = Math.floor((i + 0.5 - first) / scale);
      places[i] = place >= 0 && place < input ? (int) place : BEYOND;
    }
    return places;
  }

  /** Where along a column of the photograph outside and inside end by turns, without its end. */
  private static int[] ends(PixelSet pixels, int column, int[] rows) {
    if (column == BEYOND) {
      return new int[0];
    }
    boolean[] inside = new boolean[rows.length];
    for (int y = 0; y < rows.length; y++) {
      inside[y] = rows[y] != BEYOND && pixels.has(rows[y] * pixels.width() + column);
    }
    return IntStream.range(0, rows.length)
        .filter(y -> y == 0 ? inside[0] : inside[y] != inside[y - 1])
        .toArray();
  }

  /** Runs outside and inside by turns, put together from parts. */
  private static final class RunLengths {
    private int[] counts = new int[64];
    private int last;
    private long inside;

    void add(boolean in, int length) {
      if (length == 0) {
        return;
      }
      if (in != (last % 2 == 1)) {
        last++;
        counts = last == counts.length ? Arrays.copyOf(counts, 2 * last) : counts;
      }
      counts[last] += length;
      inside += in ? length : 0;
    }

    long inside() {
      return inside;
    }

    int[] counts() {
      return Arrays.copyOf(counts, last + 1);
    }
  }
}
