package io.camaudit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpectralClustersTest {
  private static final long SEED = 5;

  @Test
  void partsThatNothingJoinsAreGroupsTheGreatestFirst() {
    SpectralClusters found = SpectralClusters.of(Blobs.far(6, 1, 30, 50, 40), SEED);
    assertThat(found.count()).isEqualTo(3);
    int[] expected = new int[120];
    Arrays.fill(expected, 0, 30, 2);
    Arrays.fill(expected, 80, 120, 1);
    assertThat(found.labels()).containsExactly(expected);
    assertThat(found.neighbours()).isEqualTo(7);
    assertThat(found.eigenvalues()).hasSize(9);
    for (int i = 0; i < 3; i++) {
      assertThat(found.eigenvalues()[i]).isCloseTo(0, within(1e-12));
    }
    assertThat(found.gap()).isEqualTo(1);
  }

  @Test
  void groupsOfSharesThatHaveChannelsInCommonAreFound() {
    SpectralClusters found = SpectralClusters.of(Blobs.shares(64, 2, 1, 60, 25), SEED);
    assertThat(found.count()).isEqualTo(2);
    assertThat(found.labels()).startsWith(new int[60]).endsWith(filled(25, 1));
    // The second coordinate of a scatter tells the two apart.
    double[][] places = found.coordinates();
    double border = Math.signum(places[0][0]);
    assertThat(IntStream.range(0, 85).filter(i -> Math.signum(places[i][0]) == border)).hasSize(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 100, 400})
  void oneKindOfSharesIsOneGroup(int n) {
    for (int seed = 0; seed < 10; seed++) {
      SpectralClusters found = SpectralClusters.of(Blobs.shares(64, seed, 1, n), SEED);
      assertThat(found.count()).as("seed %d", seed).isEqualTo(1);
      assertThat(found.labels()).containsOnly(0).hasSize(n);
    }
  }

  @Test
  void fewerThanTwentyAreOneGroupWithoutASpectrum() {
    SpectralClusters found = SpectralClusters.of(Blobs.far(3, 3, 10, 9), SEED);
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.labels()).containsOnly(0).hasSize(19);
    assertThat(found.distinct()).isEqualTo(19);
    assertThat(found.neighbours()).isZero();
    assertThat(found.eigenvalues()).isEmpty();
    assertThat(found.gap()).isZero();
    assertThat(found.coordinates()).isDeepEqualTo(new double[19][2]);
    assertThat(SpectralClusters.of(Blobs.far(3, 3, 10, 10), SEED).count()).isEqualTo(2);
  }

  @Test
  void noPointsAreNoGroup() {
    SpectralClusters found = SpectralClusters.of(new double[0][], SEED);
    assertThat(found.count()).isZero();
    assertThat(found.labels()).isEmpty();
  }

  @Test
  void equalPointsAreOneGroup() {
    double[][] points = new double[500][];
    Arrays.fill(points, new double[] {0.25, 0.75});
    SpectralClusters found = SpectralClusters.of(points, SEED);
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.distinct()).isEqualTo(1);
  }

  @Test
  void copiesOfAPointMakeNoGroupAndStandWhereItStands() {
    double[][] some = Blobs.far(4, 4, 40, 30);
    SpectralClusters alone = SpectralClusters.of(some, SEED);
    double[][] more = Arrays.copyOf(some, 270);
    for (int i = 70; i < 270; i++) {
      more[i] = some[3].clone();
    }
    SpectralClusters found = SpectralClusters.of(more, SEED);
    assertThat(found.distinct()).isEqualTo(70);
    assertThat(found.eigenvalues()).containsExactly(alone.eigenvalues());
    assertThat(found.labels()).startsWith(alone.labels());
    for (int i = 70; i < 270; i++) {
      assertThat(found.labels()[i]).isEqualTo(found.labels()[3]);
      assertThat(found.coordinates()[i]).containsExactly(found.coordinates()[3]);
    }
  }

  @Test
  void anotherOrderGivesTheSameGroups() {
    double[][] points = Blobs.shares(64, 6, 1, 60, 40, 30);
    SpectralClusters found = SpectralClusters.of(points, SEED);
    assertThat(found.count()).isEqualTo(3);
    List<Integer> order = Arrays.asList(IntStream.range(0, 130).boxed().toArray(Integer[]::new));
    Collections.shuffle(order, new Random(7));
    SpectralClusters other =
        SpectralClusters.of(order.stream().map(i -> points[i]).toArray(double[][]::new), SEED);
    for (int i = 0; i < 130; i++) {
      assertThat(other.labels()[i]).isEqualTo(found.labels()[order.get(i)]);
    }
    for (int i = 0; i < 9; i++) {
      assertThat(other.eigenvalues()[i]).isCloseTo(found.eigenvalues()[i], within(1e-9));
    }
  }

  @Test
  void twiceTheSameIsTheSameToTheBit() {
    double[][] points = Blobs.shares(64, 8, 1, 50, 50);
    SpectralClusters one = SpectralClusters.of(points, SEED);
    SpectralClusters two = SpectralClusters.of(points, SEED);
    assertThat(two.labels()).containsExactly(one.labels());
    assertThat(two.coordinates()).isDeepEqualTo(one.coordinates());
    assertThat(two.eigenvalues()).containsExactly(one.eigenvalues());
  }

  @ParameterizedTest
  @CsvSource({"20, 5", "32, 5", "33, 6", "512, 9", "513, 10", "1000, 10"})
  void neighboursAreTheLogarithm(int n, int k) {
    assertThat(SpectralClusters.neighbours(n)).isEqualTo(k);
  }

  @Test
  void moreThanEightPartsAreEightGroups() {
    SpectralClusters found =
        SpectralClusters.of(Blobs.far(12, 9, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20), SEED);
    assertThat(found.count()).isEqualTo(SpectralClusters.MOST);
    assertThat(found.labels()).hasSize(220);
  }

  @Test
  void theRelativeGapHasAFloorAndTheGreatestGapCounts() {
    assertThat(SpectralClusters.groups(spectrum(0.3, 0.35, 0.4))).isEqualTo(1);
    assertThat(SpectralClusters.groups(spectrum(0.029, 0.2, 0.3))).isEqualTo(2);
    assertThat(SpectralClusters.groups(spectrum(0.031, 0.2, 0.3))).isEqualTo(1);
    // Both two and three would do; three parts are further from each other.
    assertThat(SpectralClusters.groups(spectrum(0.001, 0.02, 0.4))).isEqualTo(3);
    assertThat(SpectralClusters.groups(spectrum(0, 0, 0.4))).isEqualTo(3);
    // Rounding of eigenvalues 0 is no gap.
    assertThat(SpectralClusters.groups(spectrum(1e-17, 1e-15, 0.4))).isEqualTo(3);
    assertThat(SpectralClusters.groups(new double[9])).isEqualTo(SpectralClusters.MOST);
  }

  /** λ1 is 0; after those given they rise slowly. */
  private static double[] spectrum(double... from2) {
    double[] values = new double[9];
    for (int i = 1; i < 9; i++) {
      values[i] =
          i <= from2.length ? from2[i - 1] : from2[from2.length - 1] + 0.01 * (i - from2.length);
    }
    return values;
  }

  /** Evenly along a line there is nothing to part, however long it is. */
  @Test
  void aLineIsOneGroup() {
    double[][] line = new double[300][];
    for (int i = 0; i < 300; i++) {
      line[i] = new double[] {i, 0};
    }
    SpectralClusters found = SpectralClusters.of(line, SEED);
    assertThat(found.count()).isEqualTo(1);
    assertThat(found.gap()).isBetween(0.7, 0.8);
  }

  private static int[] filled(int n, int value) {
    int[] filled = new int[n];
    Arrays.fill(filled, value);
    return filled;
  }
}
