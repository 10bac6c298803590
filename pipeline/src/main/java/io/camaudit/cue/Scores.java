package io.camaudit.cue;

import io.camaudit.stats.Separation;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Scores of two groups of images, to be told apart. Mutable. */
final class Scores {
  private double[] values = new double[64];
  private int size;

  void add(double score) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = score;
  }

  private DoubleStream stream() {
    return Arrays.stream(values, 0, size);
  }

  /** How much greater these are than others; null if a side is empty or all are equal. */
  Separation against(Scores others) {
    double[] all = DoubleStream.concat(stream(), others.stream()).sorted().distinct().toArray();
    return Separation.of(counts(all), others.counts(all));
  }

  private long[] counts(double[] all) {
    long[] counts = new long[all.length];
    stream().forEach(value -> counts[Arrays.binarySearch(all, value)]++);
    return counts;
  }
}
