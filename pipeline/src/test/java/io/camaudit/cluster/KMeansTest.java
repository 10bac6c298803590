package io.camaudit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KMeansTest {
  @Test
  void theLeastSumOfSquaresIsFound() {
    double[][] line = {{0}, {1}, {2}, {10}, {11}, {12}, {20}, {21}};
    for (long seed = 0; seed < 20; seed++) {
      int[] labels = KMeans.of(line, 3, seed);
      assertThat(new int[] {labels[1], labels[2]}).containsOnly(labels[0]);
      assertThat(new int[] {labels[4], labels[5]}).containsOnly(labels[3]);
      assertThat(labels[7]).isEqualTo(labels[6]);
      assertThat(new int[] {labels[0], labels[3], labels[6]}).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void aSeedSettlesEverything() {
    double[][] points = Blobs.shares(16, 1, 1, 60);
    assertThat(KMeans.of(points, 5, 3)).containsExactly(KMeans.of(points, 5, 3));
  }

  @Test
  void fewerDifferentPointsThanClustersLeaveSomeEmpty() {
    assertThat(KMeans.of(new double[][] {{1}, {1}, {1}}, 3, 1)).containsOnly(0);
    int[] labels = KMeans.of(new double[][] {{1}, {2}, {1}, {2}}, 4, 1);
    assertThat(labels[2]).isEqualTo(labels[0]);
    assertThat(labels[3]).isEqualTo(labels[1]).isNotEqualTo(labels[0]);
  }
}
