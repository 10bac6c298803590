package io.camaudit.cluster;

import java.util.Arrays;

/**
 * Gives points that a clustering did not see the group that most of their k nearest among its
 * points have; of groups with as many votes the one whose voter is the nearest.
 */
public final class NearestVote {
  private final double[][] points;
  private final int[] labels;
  private final int groups;
  private final int k;

  /**
   * @param points that were clustered; not copied
   * @param clusters of these points
   */
  public NearestVote(double[][] points, SpectralClusters clusters) {
    this.points = points;
    this.labels = clusters.labels();
    this.groups = clusters.count();
    this.k = Math.max(1, clusters.neighbours());
  }

  /** The group of a point. */
  public int of(double[] point) {
    if (groups == 1) {
      return 0;
    }
    double[] distances =
        Arrays.stream(points).mapToDouble(p -> Distances.squared(p, point)).toArray();
    int[] voters = Nearest.of(distances, k, -1);
    int[] votes = new int[groups];
    for (int voter : voters) {
      votes[labels[voter]]++;
    }
    int most = Arrays.stream(votes).max().orElse(0);
    return Arrays.stream(voters)
        .map(voter -> labels[voter])
        .filter(group -> votes[group] == most)
        .findFirst()
        .orElse(0);
  }
}
