package io.camaudit.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * The largest set of connected pixels at or above a threshold, pixels touching at an edge or a
 * corner being connected (8-connectivity, as OpenCV's contours). Of two of the same size the one
 * whose first pixel in row order comes first.
 */
final class LargestComponent {
  /** A run of pixels of one row, joined with those of the row above into trees. */
  private static final class Run {
    final int start;
    final int end; // exclusive
    Run parent = this;
    // Of the whole tree, kept at its root.
    long pixels;
    int left;
    int top;
    int right;
    int bottom;

    Run(int row, int start, int end) {
      this.start = start;
      this.end = end;
      this.pixels = end - start;
      this.left = start;
      this.top = row;
      this.right = end;
      this.bottom = row + 1;
    }

    Run root() {
      Run root = this;
      while (root.parent != root) {
        root.parent = root.parent.parent;
        root = root.parent;
      }
      return root;
    }

    void join(Run other) {
      Run root = root();
      Run joined = other.root();
      if (root == joined) {
        return;
      }
      joined.parent = root;
      root.pixels += joined.pixels;
      root.left = Math.min(root.left, joined.left);
      root.top = Math.min(root.top, joined.top);
      root.right = Math.max(root.right, joined.right);
      root.bottom = Math.max(root.bottom, joined.bottom);
    }
  }

  private LargestComponent() {}

  /** The component's box; null if no pixel reaches the threshold. */
  static RegionMask.Box box(UpsampledMap map, double threshold) {
    List<Run> all = new ArrayList<>();
    List<Run> above = List.of();
    for (int row = 0; row < map.height(); row++) {
      List<Run> runs = runs(map, row, threshold);
      connect(above, runs);
      all.addAll(runs);
      above = runs;
    }
    Run largest = null;
    // Runs are in row order, so the first run of a component stands for its first pixel.
    for (Run run : all) {
      Run root = run.root();
      if (largest == null || root.pixels > largest.pixels) {
        largest = root;
      }
    }
    return largest == null
        ? null
        : new RegionMask.Box(largest.left, largest.top, largest.right, largest.bottom);
  }

  private static List<Run> runs(UpsampledMap map, int row, double threshold) {
    List<Run> runs = new ArrayList<>();
    int first = row * map.width();
    int x = 0;
    while (x < map.width()) {
      int start = x;
      while (x < map.width() && map.at(first + x) >= threshold) {
        x++;
      }
      if (x > start) {
        runs.add(new Run(row, start, x));
      }
      x++;
    }
    return runs;
  }

  private static void connect(List<Run> above, List<Run> runs) {
    int i = 0;
    for (Run run : runs) {
      while (i < above.size() && above.get(i).end < run.start) {
        i++;
      }
      for (int j = i; j < above.size() && above.get(j).start <= run.end; j++) {
        above.get(j).join(run);
      }
    }
  }
}
