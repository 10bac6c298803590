package io.camaudit.cue;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageReport;
import io.camaudit.savedmodel.AffineHead;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.stats.PairedCounts;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes a cue out of mean activations x by moving them along its direction u to where the images
 * without it are on average, {@code x − (u · (x − centre)) u}, and asks the end of the network what
 * it makes of that. Mutable.
 */
final class Swap {
  private final AffineHead head;
  private final double[] along;
  private final List<ClassLabel> labels;
  private final SortedMap<Integer, Counts> classes = new TreeMap<>();
  private final SortedMap<Pair, long[]> renamed = new TreeMap<>();

  private static final class Counts {
    private PairedCounts withCue = PairedCounts.NONE;
    private PairedCounts others = PairedCounts.NONE;
  }

  private record Pair(int from, int to) implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
        Comparator.comparingInt(Pair::from).thenComparingInt(Pair::to);

    @Override
    public int compareTo(Pair other) {
      return ORDER.compare(this, other);
    }
  }

  Swap(AffineHead head, Direction direction, List<ClassLabel> labels) {
    this.head = head;
    this.along = head.along(direction.unit());
    this.labels = labels;
  }

  /**
   * @param distance of the image along the direction
   */
  void add(ImageReport report, float[] pooled, double distance, boolean hasCue) {
    double[] logits = head.logits(pooled);
    int before = greatest(logits);
    for (int k = 0; k < logits.length; k++) {
      logits[k] -= distance * along[k];
    }
    int after = greatest(logits);
    Integer label = report.label() == null ? null : report.label().index();
    int index = label == null ? before : label;
    Counts counts = classes.computeIfAbsent(index, key -> new Counts());
    if (hasCue) {
      counts.withCue = counts.withCue.plus(before == index, after == index);
    } else {
      counts.others = counts.others.plus(before == index, after == index);
    }
    if (before != after) {
      long[] images = renamed.computeIfAbsent(new Pair(before, after), key -> new long[2]);
      images[0]++;
      images[1] += hasCue ? 1 : 0;
    }
  }

  /** Ties go to the first, as the model's do. */
  private static int greatest(double[] logits) {
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    return best;
  }

  List<ClassSwap> classes() {
    return classes.entrySet().stream()
        .map(
            each ->
                new ClassSwap(
                    classRef(each.getKey()),
                    each.getValue().withCue.change(),
                    each.getValue().others.change()))
        .toList();
  }

  /** Most images first, then by index. */
  List<Renamed> renamed() {
    return renamed.entrySet().stream()
        .map(
            each ->
                new Renamed(
                    classRef(each.getKey().from()),
                    classRef(each.getKey().to()),
                    each.getValue()[0],
                    each.getValue()[1]))
        .sorted(Comparator.comparingLong(Renamed::images).reversed())
        .toList();
  }

  private ClassRef classRef(int index) {
    return ClassRef.of(labels.get(index));
  }
}
