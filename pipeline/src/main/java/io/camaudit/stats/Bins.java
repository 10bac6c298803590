package io.camaudit.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Histogram bins that never depend on the data, so that counts of different runs compare. */
enum Bins {
  NONE(new double[0]),
  /** Twenty of 0.05 from 0 to 1. */
  SHARES(IntStream.range(0, 20).mapToDouble(i -> i / 20.0).toArray()),
  /** Finer around 1, which is chance; the last is open. */
  LIFTS(0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50);

  private final double[] edges;

  Bins(double... edges) {
    this.edges = edges;
  }

  int count() {
    return edges.length;
  }

  /** The bin of a value; what lies below the first edge goes into the first bin. */
  int of(double value) {
    int found = Arrays.binarySearch(edges, value);
    return Math.max(0, found >= 0 ? found : -found - 2);
  }

  List<Double> edges() {
    return DoubleStream.of(edges).boxed().toList();
  }
}
