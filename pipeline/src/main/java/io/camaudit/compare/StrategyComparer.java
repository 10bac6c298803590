package io.camaudit.compare;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.PairedCounts;
import io.camaudit.stats.RateChange;
import io.camaudit.strategy.AssignedImage;
import io.camaudit.strategy.ClassStrategies;
import io.camaudit.strategy.StoredStrategies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares the strategies of two runs, class by class, over the images that have one in both. Two
 * strategies are counterparts if each is the one that the other has most in common with: the
 * greatest number of images in both over the number in either, of several the first. Images and not
 * channels are compared, because another model's channels are others.
 */
public final class StrategyComparer {
  private final ClassRef classRef;
  private final int rows;
  private final int columns;

  /** Images by their strategies: {@code [before][after]}. */
  private final long[][] counts;

  private StrategyComparer(ClassRef classRef, int rows, int columns) {
    this.classRef = classRef;
    this.rows = rows;
    this.columns = columns;
    this.counts = new long[rows][columns];
  }

  /**
   * The strategies of classes of which at least one run has several, in the order of the first
   * run's classes; of a class those of the first run, then those that appeared.
   */
  public static List<StrategyChange> compare(StoredStrategies before, StoredStrategies after)
      throws IOException {
    List<StrategyChange> changes = new ArrayList<>();
    for (ClassStrategies from : before.found().classes()) {
      for (ClassStrategies to : after.found().classes()) {
        if (from.classRef().isSameAs(to.classRef())
            && Math.max(from.strategies().size(), to.strategies().size()) > 1) {
          StrategyComparer comparer =
              new StrategyComparer(
                  from.classRef(), from.strategies().size(), to.strategies().size());
          comparer.count(before.images().of(from), after.images().of(to));
          changes.addAll(comparer.changes());
        }
      }
    }
    return changes;
  }

  private void count(List<AssignedImage> from, List<AssignedImage> to) {
    Map<String, Integer> known =
        from.stream().collect(Collectors.toMap(AssignedImage::image, AssignedImage::strategy));
    for (AssignedImage image : to) {
      Integer before = known.get(image.image());
      if (before != null) {
        counts[before - 1][image.strategy() - 1]++;
      }
    }
  }

  private List<StrategyChange> changes() {
    List<StrategyChange> changes = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int column = bestColumn(row);
      boolean met = column >= 0 && bestRow(column) == row;
      add(changes, row, met ? column : -1);
    }
    for (int column = 0; column < columns; column++) {
      int row = bestRow(column);
      if (row < 0 || bestColumn(row) != column) {
        add(changes, -1, column);
      }
    }
    return changes;
  }

  private void add(List<StrategyChange> changes, int row, int column) {
    RateChange share = share(row, column);
    if (share != null) {
      changes.add(
          new StrategyChange(
              classRef,
              row < 0 ? null : (Integer) (row + 1),
              column < 0 ? null : (Integer) (column + 1),
              kind(row, column, share),
              share));
    }
  }

  private static StrategyChange.Kind kind(int row, int column, RateChange share) {
    if (row < 0) {
      return StrategyChange.Kind.APPEARED;
    }
    if (column < 0) {
      return StrategyChange.Kind.VANISHED;
    }
    if (share.low() > 0) {
      return StrategyChange.Kind.GREW;
    }
    return share.high() < 0 ? StrategyChange.Kind.SHRANK : StrategyChange.Kind.STAYED;
  }

  /** Null if no image has a strategy in both runs. */
  private RateChange share(int row, int column) {
    long both = row < 0 || column < 0 ? 0 : counts[row][column];
    long onlyBefore = row < 0 ? 0 : ofRow(row) - both;
    long onlyAfter = column < 0 ? 0 : ofColumn(column) - both;
    return new PairedCounts(both, onlyBefore, onlyAfter, all() - both - onlyBefore - onlyAfter)
        .change();
  }

  /** The column with most in common; -1 if none has anything. */
  private int bestColumn(int row) {
    int best = -1;
    for (int column = 0; column < columns; column++) {
      best = common(row, column) > common(row, best) ? column : best;
    }
    return best;
  }

  private int bestRow(int column) {
    int best = -1;
    for (int row = 0; row < rows; row++) {
      best = common(row, column) > common(best, column) ? row : best;
    }
    return best;
  }

  private double common(int row, int column) {
    if (row < 0 || column < 0 || counts[row][column] == 0) {
      return 0;
    }
    return (double) counts[row][column] / (ofRow(row) + ofColumn(column) - counts[row][column]);
  }

  private long ofRow(int row) {
    long sum = 0;
    for (long count : counts[row]) {
      sum += count;
    }
    return sum;
  }

  private long ofColumn(int column) {
    long sum = 0;
    for (long[] row : counts) {
      sum += row[column];
    }
    return sum;
  }

  private long all() {
    long sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += ofRow(row);
    }
    return sum;
  }
}
