package io.camaudit.alter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a shape's coldest place among all places in a picture. The shape is taken as runs of
 * pixels side by side, and sums along rows are kept, so that a place costs its rows and not its
 * pixels.
 */
final class ColdestPlace {
  private final PixelSet shape;
  private final List<Run> runs;
  private final long[] heat;
  private final long[] forbidden;
  private final int stride;

  /** Pixels of a row from {@code from} to before {@code to}. */
  private record Run(int y, int from, int to) {}

  /** How far a shape is moved. */
  private record Move(int right, int down, long heat) {
    long distance() {
      return (long) right * right + (long) down * down;
    }
  }

  private ColdestPlace(PixelSet shape, int[] heat, PixelSet forbidden) {
    this.shape = shape;
    this.runs = runs(shape);
    this.stride = shape.width() + 1;
    this.heat = new long[stride * shape.height()];
    this.forbidden = new long[stride * shape.height()];
    for (int i = 0; i < heat.length; i++) {
      int at = i / shape.width() * stride + i % shape.width();
      this.heat[at + 1] = this.heat[at] + heat[i];
      this.forbidden[at + 1] = this.forbidden[at] + (forbidden.has(i) ? 1 : 0);
    }
  }

  static Optional<PixelSet> of(PixelSet shape, int[] heat, PixelSet forbidden) {
    return shape.size() == 0 ? Optional.empty() : new ColdestPlace(shape, heat, forbidden).find();
  }

  private Optional<PixelSet> find() {
    int left = runs.stream().mapToInt(Run::from).min().orElseThrow();
    int right = runs.stream().mapToInt(Run::to).max().orElseThrow();
    int top = runs.get(0).y;
    int bottom = runs.get(runs.size() - 1).y + 1;
    Move best = null;
    for (int down = -top; down <= shape.height() - bottom; down++) {
      for (int over = -left; over <= shape.width() - right; over++) {
        long most = best == null ? Long.MAX_VALUE : best.heat;
        long sum = heatAt(over, down, most);
        Move move = new Move(over, down, sum);
        boolean better =
            sum >= 0
                && (best == null
                    || sum < best.heat
                    || sum == best.heat && move.distance() < best.distance());
        best = better ? move : best;
      }
    }
    return best == null ? Optional.empty() : Optional.of(shape.moved(best.right, best.down));
  }

  /** The heat that the moved shape meets; -1 if it may not lie there or meets more than most. */
  private long heatAt(int right, int down, long most) {
    long sum = 0;
    for (Run run : runs) {
      int row = (run.y + down) * stride + right;
      if (forbidden[row + run.to] > forbidden[row + run.from]) {
        return -1;
      }
      sum += heat[row + run.to] - heat[row + run.from];
      if (sum > most) {
        return -1;
      }
    }
    return sum;
  }

  private static List<Run> runs(PixelSet shape) {
    List<Run> runs = new ArrayList<>();
    for (int y = 0; y < shape.height(); y++) {
      int start = -1;
      for (int x = 0; x <= shape.width(); x++) {
        boolean in = x < shape.width() && shape.has(y * shape.width() + x);
        if (in && start < 0) {
          start = x;
        } else if (!in && start >= 0) {
          runs.add(new Run(y, start, x));
          start = -1;
        }
      }
    }
    return runs;
  }
}
