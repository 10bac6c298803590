package io.camaudit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpectrumTest {
  /** A ring's neighbours make a cycle, whose eigenvalues are 1 − cos(2πj/n), each twice. */
  @Test
  void aRingHasTheEigenvaluesOfACycle() {
    int n = 25;
    double[][] ring =
        IntStream.range(0, n)
            .mapToObj(
                i -> new double[] {Math.cos(2 * Math.PI * i / n), Math.sin(2 * Math.PI * i / n)})
            .toArray(double[][]::new);
    NeighbourGraph graph = NeighbourGraph.of(ring, 2);
    assertThat(graph.degrees()).containsOnly(2);
    Spectrum spectrum = Spectrum.least(graph.laplacian(), 9).orElseThrow();
    for (int i = 0; i < 9; i++) {
      assertThat(spectrum.values()[i])
          .isCloseTo(1 - Math.cos(2 * Math.PI * ((i + 1) / 2) / n), within(1e-12));
    }
  }

  @Test
  void oneSidedNeighboursWeighHalf() {
    // The third is nobody's nearest.
    NeighbourGraph graph = NeighbourGraph.of(new double[][] {{0}, {1}, {3}}, 1);
    assertThat(graph.weights()).isDeepEqualTo(new double[][] {{0, 1, 0}, {1, 0, 0.5}, {0, 0.5, 0}});
    assertThat(graph.degrees()).containsExactly(1, 1.5, 0.5);
    double[][] laplacian = graph.laplacian();
    assertThat(laplacian[0][1]).isCloseTo(-1 / Math.sqrt(1.5), within(1e-15));
    assertThat(laplacian[1][2]).isCloseTo(-0.5 / Math.sqrt(0.75), within(1e-15));
    assertThatThrownBy(() -> NeighbourGraph.of(new double[3][1], 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofPointsAtOneDistanceTheFirstIsTheNearer() {
    double[] distances = {4, 1, 0, 1, 1, 9};
    assertThat(Nearest.of(distances, 3, 2)).containsExactly(1, 3, 4);
    assertThat(Nearest.of(distances, 2, -1)).containsExactly(2, 1);
    assertThat(Nearest.of(distances, 9, 0)).containsExactly(2, 1, 3, 4, 5);
    assertThat(Nearest.of(distances, 0, 0)).isEmpty();
  }

  @Test
  void vectorsSolveTheirEquationAndTheirSignsAreFixed() {
    double[][] laplacian = NeighbourGraph.of(Blobs.shares(64, 3, 1, 120), 7).laplacian();
    double[][] before = Arrays.stream(laplacian).map(double[]::clone).toArray(double[][]::new);
    Spectrum spectrum = Spectrum.least(laplacian, 9).orElseThrow();
    assertThat(laplacian).isDeepEqualTo(before);
    for (int v = 0; v < 9; v++) {
      double[] vector = spectrum.vectors()[v];
      double length = 0;
      double most = 0;
      for (int i = 0; i < vector.length; i++) {
        double product = 0;
        for (int j = 0; j < vector.length; j++) {
          product += laplacian[i][j] * vector[j];
        }
        assertThat(product).isCloseTo(spectrum.values()[v] * vector[i], within(1e-12));
        length += vector[i] * vector[i];
        most = Math.abs(vector[i]) > Math.abs(most) ? vector[i] : most;
      }
      assertThat(length).isCloseTo(1, within(1e-12));
      assertThat(most).isPositive();
    }
    assertThat(spectrum.values()).isSorted();
    assertThat(spectrum.values()[0]).isCloseTo(0, within(1e-14));
  }

  @Test
  void distancesOfAnyLengthAreSums() {
    for (int length = 0; length < 10; length++) {
      double[] a = new double[length];
      double[] b = new double[length];
      double expected = 0;
      for (int i = 0; i < length; i++) {
        a[i] = i;
        b[i] = -1;
        expected += (i + 1) * (i + 1);
      }
      assertThat(Distances.squared(a, b)).isEqualTo(expected);
    }
  }
}
