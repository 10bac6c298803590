package io.camaudit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NearestVoteTest {
  private static SpectralClusters clusters(int count, int neighbours, int... labels) {
    return new SpectralClusters(
        labels, count, labels.length, neighbours, new double[0], 0, new double[labels.length][2]);
  }

  @Test
  void mostOfTheNearestDecide() {
    double[][] points = {{0}, {1}, {2}, {3}, {4}};
    NearestVote vote = new NearestVote(points, clusters(2, 3, 0, 0, 0, 1, 1));
    assertThat(vote.of(new double[] {-5})).isEqualTo(0);
    assertThat(vote.of(new double[] {3.5})).isEqualTo(1);
    // 2, 3 and 1 are the nearest, in this order.
    assertThat(vote.of(new double[] {2.1})).isEqualTo(0);
  }

  @Test
  void ofGroupsWithAsManyVotesTheNearestVoterDecides() {
    double[][] points = {{0}, {1}, {2}, {3}};
    NearestVote vote = new NearestVote(points, clusters(2, 2, 0, 0, 1, 1));
    assertThat(vote.of(new double[] {1.4})).isEqualTo(0);
    assertThat(vote.of(new double[] {1.6})).isEqualTo(1);
    assertThat(vote.of(new double[] {1.5})).as("as near: the first").isEqualTo(0);
  }

  @Test
  void oneGroupIsNeverAskedFor() {
    NearestVote vote = new NearestVote(new double[][] {{0}}, clusters(1, 0, 0));
    assertThat(vote.of(new double[] {100})).isEqualTo(0);
  }

  @Test
  void pointsOfAGroupThatWereLeftOutGetIt() {
    double[][] points = Blobs.shares(64, 1, 1, 200, 120);
    SpectralClusters found = SpectralClusters.of(points, 1);
    assertThat(found.count()).isEqualTo(2);
    NearestVote vote = new NearestVote(points, found);
    double[][] others = Blobs.shares(64, 2, 1, 50, 30);
    for (int i = 0; i < 80; i++) {
      assertThat(vote.of(others[i])).isEqualTo(i < 50 ? 0 : 1);
    }
  }
}
