package io.camaudit.savedmodel;

/** Grad-CAM's arithmetic in plain Java, to check what an exported model computes. */
final class PooledGradients {
  private PooledGradients() {}

  /**
   * The raw map {@code map[i,j] = Σ_k α_k A[i,j,k]} with {@code α_k = (1/hw) Σ_ij dy/dA[i,j,k]}
   * (Selvaraju et al. 2017, arXiv:1610.02391, equations 1 and 2 without the ReLU), in double
   * precision.
   *
   * @param activations A of one pair, [h·w, C] flat
   * @param gradients dy/dA, likewise
   * @param cells h·w
   * @return [h·w]
   */
  static double[] map(float[] activations, float[] gradients, int cells, int channels) {
    double[] alpha = new double[channels];
    for (int cell = 0; cell < cells; cell++) {
      for (int k = 0; k < channels; k++) {
        alpha[k] += gradients[cell * channels + k] / (double) cells;
      }
    }
    double[] map = new double[cells];
    for (int cell = 0; cell < cells; cell++) {
      for (int k = 0; k < channels; k++) {
        map[cell] += alpha[k] * activations[cell * channels + k];
      }
    }
    return map;
  }
}
