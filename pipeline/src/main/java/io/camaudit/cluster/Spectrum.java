package io.camaudit.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

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
   * Householder's reduction and QR steps with implicit shifts, in one thread.
   *
   * @param matrix symmetric, with no eigenvalue below 0 but for rounding; is not changed
   * @param count of eigenvalues, at most n
   * @return empty if the steps do not converge, which no graph was seen to bring about
   */
  static Optional<Spectrum> least(double[][] matrix, int count) {
    // Named, not taken from the library's factory, whose choice for large matrices runs in threads.
    SymmetricQRAlgorithmDecomposition_DDRM solver =
        new SymmetricQRAlgorithmDecomposition_DDRM(
            new TridiagonalDecompositionHouseholder_DDRM(), true);
    if (!solver.decompose(new DMatrixRMaj(matrix))) {
      return Optional.empty();
    }
    int[] ascending =
        IntStream.range(0, matrix.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> solver.getEigenvalue(i).getReal()))
            .limit(count)
            .mapToInt(i -> i)
            .toArray();
    double[] values =
        Arrays.stream(ascending)
            .mapToDouble(i -> Math.max(0, solver.getEigenvalue(i).getReal()))
            .toArray();
    double[][] vectors =
        Arrays.stream(ascending)
            .mapToObj(i -> turned(solver.getEigenVector(i).getData().clone()))
            .toArray(double[][]::new);
    return Optional.of(new Spectrum(values, vectors));
  }

  /** An eigenvector's sign means nothing and is a library's chance: one is settled on. */
  private static double[] turned(double[] vector) {
    double most = Arrays.stream(vector).map(Math::abs).max().orElse(0);
    double first =
        Arrays.stream(vector).filter(x -> Math.abs(x) >= AS_GREAT * most).findFirst().orElse(0);
    return first < 0 ? Arrays.stream(vector).map(x -> -x).toArray() : vector;
  }
}
