package io.camaudit.cluster;

import java.util.Arrays;
import java.util.Random;

/**
 * Lloyd's algorithm from centres that k-means++ draws (Arthur and Vassilvitskii 2007): the first at
 * random, each other with a chance in proportion to its squared distance to the nearest centre so
 * far. Begun ten times; the least sum of squared distances counts, of equal ones the first. {@link
 * Random} is a specified sequence, so that a seed gives the same answer everywhere.
 */
final class KMeans {
  private static final int BEGINNINGS = 10;
  private static final int MOST_ROUNDS = 300;

  private final double[][] points;
  private final int k;
  private final Random random;

  private KMeans(double[][] points, int k, long seed) {
    this.points = points;
    this.k = k;
    this.random = new Random(seed);
  }

  /**
   * The cluster of each point, 0 to k − 1; a cluster may be empty if there are fewer than k
   * different points.
   *
   * @param points at least one
   */
  static int[] of(double[][] points, int k, long seed) {
    KMeans means = new KMeans(points, k, seed);
    Answer best = means.run();
    for (int i = 1; i < BEGINNINGS; i++) {
      Answer next = means.run();
      best = next.spread < best.spread ? next : best;
    }
    return best.labels;
  }

  private record Answer(int[] labels, double spread) {}

  private Answer run() {
    double[][] centres = begin();
    int[] labels = new int[points.length];
    Arrays.fill(labels, -1);
    for (int round = 0; round < MOST_ROUNDS && assign(centres, labels); round++) {
      move(centres, labels);
    }
    double spread = 0;
    for (int i = 0; i < points.length; i++) {
      spread += Distances.squared(points[i], centres[labels[i]]);
    }
    return new Answer(labels, spread);
  }

  private double[][] begin() {
    double[][] centres = new double[k][];
    centres[0] = points[random.nextInt(points.length)].clone();
    double[] away = new double[points.length];
    Arrays.fill(away, Double.POSITIVE_INFINITY);
    for (int c = 1; c < k; c++) {
      for (int i = 0; i < points.length; i++) {
        away[i] = Math.min(away[i], Distances.squared(points[i], centres[c - 1]));
      }
      centres[c] = points[draw(away)].clone();
    }
    return centres;
  }

  /** A position, each with a chance in proportion to its weight; the first if all are 0. */
  private int draw(double[] weights) {
    double left = random.nextDouble() * Arrays.stream(weights).sum();
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  /**
   * Gives each point its nearest centre, of several as near the first.
   *
   * @return whether any has another than before
   */
  private boolean assign(double[][] centres, int[] labels) {
    boolean changed = false;
    for (int i = 0; i < points.length; i++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < k; c++) {
        double distance = Distances.squared(points[i], centres[c]);
        if (distance < least) {
          least = distance;
          nearest = c;
        }
      }
      changed |= labels[i] != nearest;
      labels[i] = nearest;
    }
    return changed;
  }

  /** Moves each centre to the mean of its points; one without any stays. */
  private void move(double[][] centres, int[] labels) {
    for (int c = 0; c < k; c++) {
      double[] sum = new double[points[0].length];
      int count = 0;
      for (int i = 0; i < points.length; i++) {
        if (labels[i] == c) {
          count++;
          for (int d = 0; d < sum.length; d++) {
            sum[d] += points[i][d];
          }
        }
      }
      if (count > 0) {
        double of = count;
        centres[c] = Arrays.stream(sum).map(x -> x / of).toArray();
      }
    }
  }
}
