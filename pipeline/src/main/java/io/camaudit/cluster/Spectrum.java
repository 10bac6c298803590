package io.camaudit.cluster;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The least eigenvalues of a symmetric matrix and their vectors.
 *
 * @param values ascending, none below 0
 * @param vectors one a value, of length 1; the greatest component of each is positive, of several
 *     as great (to 1e-9 of it) the first
 */
record Spectrum(double[] values, double[][] vectors) {
  private static final double AS_GREAT = 1 - 1e-9;

  /**
   * @param matrix symmetric, with no eigenvalue below 0 but for rounding; is not changed
   * @param count of eigenvalues, at most n
   */
  static Spectrum least(double[][] matrix, int count) {
    EigenDecomposition all = new EigenDecomposition(new Array2DRowRealMatrix(matrix, false));
    int n = matrix.length;
    double[] values = new double[count];
    double[][] vectors = new double[count][];
    for (int i = 0; i < count; i++) {
      // The library has the greatest first.
      values[i] = Math.max(0, all.getRealEigenvalue(n - 1 - i));
      vectors[i] = turned(all.getEigenvector(n - 1 - i).toArray());
    }
    return new Spectrum(values, vectors);
  }

  /** An eigenvector's sign means nothing and is a library's chance: one is settled on. */
  private static double[] turned(double[] vector) {
    double most = Arrays.stream(vector).map(Math::abs).max().orElse(0);
    double first =
        Arrays.stream(vector).filter(x -> Math.abs(x) >= AS_GREAT * most).findFirst().orElse(0);
    return first < 0 ? Arrays.stream(vector).map(x -> -x).toArray() : vector;
  }
}
