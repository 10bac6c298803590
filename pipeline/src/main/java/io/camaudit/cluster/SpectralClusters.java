package io.camaudit.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Groups of points, found by normalised spectral clustering (Ng, Jordan and Weiss 2002; von Luxburg
 * 2007, arXiv:0711.0189):
 *
 * <ol>
 *   <li>Points that are equal count once. If fewer than {@link #LEAST_POINTS} are left, there is
 *       one group, and no spectrum.
 *   <li>A {@link NeighbourGraph} of the k = ⌈log2 n⌉ nearest, and the least eigenvalues λ1 ≤ λ2 ≤ …
 *       of its normalised Laplacian with their vectors.
 *   <li>The number of groups is 2 to {@link #MOST}: the m with the greatest λ(m+1) − λ(m), of
 *       several as great the least, among those whose relative gap 1 − λ(m)/λ(m+1) is at least
 *       {@link #LEAST_GAP}. If there is none, there is one group. A graph of more than {@link
 *       #MOST} parts that nothing joins has {@link #MOST}.
 *   <li>The groups are those of {@link KMeans} on the rows of the first m vectors, each row of
 *       length 1.
 * </ol>
 *
 * <p>The same points in the same order give the same groups, to the bit.
 *
 * @param labels the group of each point, from 0: the greatest first, of equal ones the one that has
 *     the first point
 * @param count of groups, none empty
 * @param distinct points that are not equal to an earlier one
 * @param neighbours k; 0 without a spectrum
 * @param eigenvalues the least, ascending, at most {@link #MOST} + 1; empty without a spectrum
 * @param gap the greatest relative gap 1 − λ(m)/λ(m+1) with m from 2; 0 without a spectrum
 * @param coordinates {@code [n][2]}: the second and third eigenvector divided by the square root of
 *     the point's degree, each scaled so that its greatest component is 1 or −1; all 0 without a
 *     spectrum
 */
public record SpectralClusters(
    int[] labels,
    int count,
    int distinct,
    int neighbours,
    double[] eigenvalues,
    double gap,
    double[][] coordinates) {
  /** With fewer points, nearest neighbours are nearly all points. */
  public static final int LEAST_POINTS = 20;

  /** Most groups that are looked for. */
  public static final int MOST = 8;

  /**
   * Least relative gap. Points without groups that fill a line, a square or a cube evenly have
   * eigenvalues in the proportion of small square numbers, so relative gaps of at most 3/4.
   */
  public static final double LEAST_GAP = 0.85;

  /** What rounding leaves of an eigenvalue 0. */
  private static final double NOTHING = 1e-9;

  /**
   * @param points of one length
   * @param seed of what is drawn at random
   */
  public static SpectralClusters of(double[][] points, long seed) {
    int[] first = firstOfEqual(points);
    int[] distinct = IntStream.range(0, first.length).filter(i -> first[i] == i).toArray();
    if (distinct.length < LEAST_POINTS) {
      return oneGroup(points.length, distinct.length);
    }
    double[][] own = Arrays.stream(distinct).mapToObj(i -> points[i]).toArray(double[][]::new);
    int k = neighbours(own.length);
    NeighbourGraph graph = NeighbourGraph.of(own, k);
    Spectrum spectrum = Spectrum.least(graph.laplacian(), MOST + 1).orElse(null);
    if (spectrum == null) {
      return oneGroup(points.length, distinct.length);
    }
    int groups = groups(spectrum.values());
    int[] labels = groups == 1 ? new int[own.length] : group(spectrum, groups, seed);
    double[][] places = coordinates(spectrum, graph.degrees());

    int[] position = new int[points.length];
    for (int p = 0; p < distinct.length; p++) {
      position[distinct[p]] = p;
    }
    int[] all = Arrays.stream(first).map(i -> labels[position[i]]).toArray();
    int[] ordered = bySize(all);
    return new SpectralClusters(
        ordered,
        1 + Arrays.stream(ordered).max().orElse(-1),
        distinct.length,
        k,
        spectrum.values(),
        IntStream.rangeClosed(2, MOST)
            .mapToDouble(m -> relativeGap(spectrum.values(), m))
            .max()
            .orElse(0),
        Arrays.stream(first).mapToObj(i -> places[position[i]]).toArray(double[][]::new));
  }

  /** Without a spectrum. */
  private static SpectralClusters oneGroup(int points, int distinct) {
    return new SpectralClusters(
        new int[points], Math.min(1, points), distinct, 0, new double[0], 0, new double[points][2]);
  }

  /** ⌈log2 n⌉: as many as keep a random graph in one piece, and no more. */
  static int neighbours(int n) {
    return 32 - Integer.numberOfLeadingZeros(n - 1);
  }

  /**
   * How many groups a spectrum shows.
   *
   * @param values λ1 and so on, {@link #MOST} + 1 of them
   */
  static int groups(double[] values) {
    if (values[MOST] < NOTHING) {
      return MOST;
    }
    int groups = 1;
    double widest = 0;
    for (int m = 2; m <= MOST; m++) {
      double gap = values[m] - values[m - 1];
      if (gap > widest && relativeGap(values, m) >= LEAST_GAP) {
        widest = gap;
        groups = m;
      }
    }
    return groups;
  }

  /** 1 − λ(m)/λ(m+1), 0 to 1; 0 where both are 0. */
  private static double relativeGap(double[] values, int m) {
    if (values[m] < NOTHING) {
      return 0;
    }
    return values[m - 1] < NOTHING ? 1 : 1 - values[m - 1] / values[m];
  }

  private static int[] group(Spectrum spectrum, int groups, long seed) {
    int n = spectrum.vectors()[0].length;
    double[][] rows = new double[n][groups];
    for (int i = 0; i < n; i++) {
      double square = 0;
      for (int v = 0; v < groups; v++) {
        rows[i][v] = spectrum.vectors()[v][i];
        square += rows[i][v] * rows[i][v];
      }
      for (int v = 0; v < groups && square > 0; v++) {
        rows[i][v] /= Math.sqrt(square);
      }
    }
    return KMeans.of(rows, groups, seed);
  }

  private static double[][] coordinates(Spectrum spectrum, double[] degrees) {
    double[][] places = new double[degrees.length][2];
    for (int axis = 0; axis < 2; axis++) {
      double most = 0;
      for (int i = 0; i < degrees.length; i++) {
        places[i][axis] = spectrum.vectors()[axis + 1][i] / Math.sqrt(degrees[i]);
        most = Math.max(most, Math.abs(places[i][axis]));
      }
      for (double[] place : places) {
        place[axis] /= most;
      }
    }
    return places;
  }

  /** For each point the position of the first that is equal to it. */
  private static int[] firstOfEqual(double[][] points) {
    Map<double[], Integer> seen = new TreeMap<>(Arrays::compare);
    int[] first = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      first[i] = seen.merge(points[i], i, (earlier, later) -> earlier);
    }
    return first;
  }

  private static int[] bySize(int[] labels) {
    Map<Integer, Integer> sizes = new LinkedHashMap<>();
    for (int label : labels) {
      sizes.merge(label, 1, Integer::sum);
    }
    List<Integer> order = new ArrayList<>(sizes.keySet());
    order.sort(Comparator.comparing(sizes::get, Comparator.reverseOrder()));
    return Arrays.stream(labels).map(order::indexOf).toArray();
  }
}
