package io.camaudit.faithfulness;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * How the probability of an image's class falls while cells are taken out of it.
 *
 * @param untouched with nothing taken out
 * @param anyFirst at each share, the cells in an order by chance
 * @param ofMaps the cells in the order of maps
 */
record ImageCurves(double untouched, double[] anyFirst, Map<MapKind, Ends> ofMaps) {
  /**
   * The cells of a map in its order, from either end.
   *
   * @param leastFirst at each share, the least relevant cells gone
   * @param mostFirst likewise, the most relevant cells gone
   */
  record Ends(double[] leastFirst, double[] mostFirst) {
    /** Symmetric relevance gain: the mean over the shares of least first less most first. */
    double gain() {
      double sum = 0;
      for (int i = 0; i < leastFirst.length; i++) {
        sum += leastFirst[i] - mostFirst[i];
      }
      return sum / leastFirst.length;
    }

    private DoubleStream all() {
      return DoubleStream.concat(Arrays.stream(leastFirst), Arrays.stream(mostFirst));
    }
  }

  /** Whether the model answered everything with numbers that can be counted with. */
  boolean isFinite() {
    return DoubleStream.concat(
            DoubleStream.concat(DoubleStream.of(untouched), Arrays.stream(anyFirst)),
            ofMaps.values().stream().flatMapToDouble(Ends::all))
        .allMatch(Double::isFinite);
  }
}
