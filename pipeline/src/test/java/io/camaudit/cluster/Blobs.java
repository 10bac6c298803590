package io.camaudit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Points around centres, from a seed. */
final class Blobs {
  private Blobs() {}

  /**
   * @param sizes of the blobs; their centres are far from each other, each on its own axis
   */
  static double[][] far(int dimensions, long seed, int... sizes) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (int blob = 0; blob < sizes.length; blob++) {
      for (int i = 0; i < sizes[blob]; i++) {
        double[] point = random.doubles(dimensions, -1, 1).toArray();
        point[blob] += 20;
        points.add(point);
      }
    }
    return points.toArray(double[][]::new);
  }

  /**
   * Roots of shares of relevance as a layer of a network has them: each blob has channels of its
   * own and all have some in common.
   */
  static double[][] shares(int channels, long seed, double own, int... sizes) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (int blob = 0; blob < sizes.length; blob++) {
      for (int i = 0; i < sizes[blob]; i++) {
        double[] point = new double[channels];
        double sum = 0;
        for (int c = 0; c < channels; c++) {
          double mean = c % 8 == 0 ? 1 : c % 8 == blob + 1 ? own : 0.05;
          point[c] = -mean * Math.log(1 - random.nextDouble());
          sum += point[c];
        }
        for (int c = 0; c < channels; c++) {
          point[c] = Math.sqrt(point[c] / sum);
        }
        points.add(point);
      }
    }
    return points.toArray(double[][]::new);
  }
}
