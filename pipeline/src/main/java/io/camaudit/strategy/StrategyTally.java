package io.camaudit.strategy;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.Confusion;
import io.camaudit.stats.Intervals;
import io.camaudit.stats.Mean;
import io.camaudit.stats.Moments;
import io.camaudit.stats.Rate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of some images of a class. The order in which they come changes nothing. Mutable. */
final class StrategyTally {
  private static final int PREDICTIONS = 5;

  private long images;
  private long right;
  private long withAnswer;
  private long lookedRight;
  private long judged;
  private final Moments borderLift = new Moments();
  private final Moments lift = new Moments();
  private final Map<Integer, Called> called = new TreeMap<>();

  private record Called(ClassRef classRef, long count) {}

  void add(ImageFacts image) {
    images++;
    if (image.correct() != null) {
      withAnswer++;
      right += image.correct() ? 1 : 0;
    }
    if (image.lookedRight() != null) {
      judged++;
      lookedRight += image.lookedRight() ? 1 : 0;
    }
    borderLift.add(image.borderLift());
    lift.add(image.lift());
    if (image.predicted() != null) {
      called.merge(
          image.predicted().index(),
          new Called(image.predicted(), 1),
          (a, b) -> new Called(a.classRef, a.count + b.count));
    }
  }

  long images() {
    return images;
  }

  Rate accuracy() {
    return Intervals.rate(right, withAnswer);
  }

  Rate rightReasonRate() {
    return Intervals.rate(lookedRight, judged);
  }

  Mean borderLift() {
    return Intervals.mean(borderLift);
  }

  Mean lift() {
    return Intervals.mean(lift);
  }

  /** What the model calls them, the most frequent first, ties by class index. */
  List<Confusion> predictions() {
    return called.values().stream()
        // The sort is stable and the map in order of the index.
        .sorted(Comparator.comparingLong(Called::count).reversed())
        .limit(PREDICTIONS)
        .map(each -> new Confusion(each.classRef, each.count, (double) each.count / images))
        .toList();
  }
}
