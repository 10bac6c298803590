package io.camaudit.cluster;

/**
 * A graph of nearest neighbours: two points are joined with weight 1 if each is among the other's k
 * nearest, with 1/2 if only one is, else not at all: W = (C + Cᵀ) / 2 with C[i][j] = 1 if j is
 * among the k nearest of i. Of points at the same distance the first is the nearer.
 *
 * @param weights W, {@code [n][n]}, symmetric, zero on the diagonal
 * @param degrees the sums of its rows, each at least k / 2
 */
record NeighbourGraph(double[][] weights, double[] degrees) {
  /**
   * @param points at least {@code k + 1}
   */
  static NeighbourGraph of(double[][] points, int k) {
    int n = points.length;
    if (k < 1 || k >= n) {
      throw new IllegalArgumentException("no " + k + " neighbours among " + n + " points");
    }
    double[][] distances = Distances.all(points);
    double[][] weights = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j : Nearest.of(distances[i], k, i)) {
        weights[i][j] += 0.5;
        weights[j][i] += 0.5;
      }
    }
    double[] degrees = new double[n];
    for (int i = 0; i < n; i++) {
      for (double weight : weights[i]) {
        degrees[i] += weight;
      }
    }
    return new NeighbourGraph(weights, degrees);
  }

  /**
   * The normalised Laplacian {@code I − D^(−1/2) W D^(−1/2)}: its eigenvalues are 0 to 2, as many 0
   * as the graph has parts that nothing joins (von Luxburg 2007, arXiv:0711.0189, section 3.2).
   */
  double[][] laplacian() {
    int n = degrees.length;
    double[][] laplacian = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (weights[i][j] != 0) {
          laplacian[i][j] = -weights[i][j] / Math.sqrt(degrees[i] * degrees[j]);
        }
      }
      laplacian[i][i] = 1;
    }
    return laplacian;
  }
}
