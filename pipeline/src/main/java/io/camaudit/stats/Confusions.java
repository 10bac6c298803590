package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * How often each wrong class was predicted. Exact counts, not a sketch: at most one entry a class
 * of the model. Mutable.
 */
final class Confusions {
  static final int SHOWN = 5;

  private record Wrong(ClassRef predicted, long count) {}

  private final TreeMap<Integer, Wrong> byIndex = new TreeMap<>();

  void add(ClassRef predicted) {
    add(new Wrong(predicted, 1));
  }

  void merge(Confusions other) {
    other.byIndex.values().forEach(this::add);
  }

  private void add(Wrong wrong) {
    byIndex.merge(
        wrong.predicted().index(),
        wrong,
        (one, two) -> new Wrong(one.predicted(), one.count() + two.count()));
  }

  /** The most frequent, most frequent first, ties by class index. */
  List<Confusion> list(long of) {
    return byIndex.values().stream()
        // The sort is stable and the map in order of the index.
        .sorted(Comparator.comparingLong(Wrong::count).reversed())
        .limit(SHOWN)
        .map(wrong -> new Confusion(wrong.predicted(), wrong.count(), (double) wrong.count() / of))
        .toList();
  }

  void write(OutputStream out) throws IOException {
    Wire.writeCount(byIndex.size(), out);
    for (Wrong wrong : byIndex.values()) {
      Wire.writeClass(wrong.predicted(), out);
      Wire.writeCount(wrong.count(), out);
    }
  }

  static Confusions read(InputStream in) throws IOException {
    Confusions confusions = new Confusions();
    for (long left = Wire.readCount(in); left > 0; left--) {
      ClassRef predicted = Wire.readClass(in);
      confusions.add(new Wrong(predicted, Wire.readCount(in)));
    }
    return confusions;
  }
}
