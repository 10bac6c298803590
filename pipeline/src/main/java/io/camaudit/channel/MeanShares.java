package io.camaudit.channel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds the channels with the greatest mean shares in each class: sums of all channels, class by
 * class, exact in fixed point, so that they do not depend on the images' order. The numbers in
 * memory are {@value #NUMBERS} at most, which is 8,000 classes of 2,048 channels; for more classes
 * the files are read more than once.
 */
final class MeanShares {
  /** Sums in memory at a time, of 8 bytes each. */
  private static final int NUMBERS = 1 << 24;

  /** Shares are at most 1, so a class may have 2^23 images. */
  private static final double UNIT = 1L << 40;

  private final ChannelFiles files;
  private final int together;
  private int greatest = -1;

  MeanShares(ChannelFiles files) {
    this(files, NUMBERS);
  }

  MeanShares(ChannelFiles files, int numbers) {
    this.files = files;
    this.together = Math.max(1, numbers / files.channels());
  }

  /**
   * The channels of each class with the greatest mean shares, by class index.
   *
   * @param most of a class; a channel that never speaks for it is none
   */
  SortedMap<Integer, List<Integer>> top(int most) throws IOException {
    SortedMap<Integer, List<Integer>> top = new TreeMap<>();
    int from = 0;
    do {
      Map<Integer, long[]> sums = sums(from);
      sums.forEach((index, ofClass) -> top.put(index, greatest(ofClass, most)));
      from += together;
    } while (from <= greatest);
    return top;
  }

  /** Sums of the classes from one on, as many as are counted together. */
  private Map<Integer, long[]> sums(int from) throws IOException {
    Map<Integer, long[]> sums = new HashMap<>();
    files.forEachVectors(
        vectors -> {
          if (vectors == null) {
            return;
          }
          int index = vectors.target();
          greatest = Math.max(greatest, index);
          if (index >= from && index - from < together) {
            add(vectors, sums.computeIfAbsent(index, any -> new long[files.channels()]));
          }
        });
    return sums;
  }

  private static void add(ChannelVectors vectors, long[] sums) {
    double whole = vectors.positive();
    for (int k = 0; whole > 0 && k < sums.length; k++) {
      float relevance = vectors.relevance()[k];
      if (relevance > 0) {
        sums[k] += (long) Math.rint(relevance / whole * UNIT);
      }
    }
  }

  private static List<Integer> greatest(long[] sums, int most) {
    List<Integer> channels =
        new ArrayList<>(IntStream.range(0, sums.length).filter(k -> sums[k] > 0).boxed().toList());
    channels.sort(
        Comparator.comparingLong((Integer k) -> sums[k])
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    return List.copyOf(channels.subList(0, Math.min(most, channels.size())));
  }
}
