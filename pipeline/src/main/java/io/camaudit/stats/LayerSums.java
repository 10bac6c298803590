package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exact moments of the numbers that have a curve over depth, layer by layer. Empty for a run of one
 * layer. Mutable.
 */
final class LayerSums {
  // By name: which layer lies where in the network is no matter of sums.
  private final SortedMap<String, Moments[]> byLayer = new TreeMap<>();

  void add(LayerSample sample) {
    Moments[] moments = of(sample.layer());
    for (int i = 0; i < moments.length; i++) {
      moments[i].add(sample.numbers()[i]);
    }
  }

  void merge(LayerSums other) {
    other.byLayer.forEach(
        (layer, added) -> {
          Moments[] moments = of(layer);
          for (int i = 0; i < moments.length; i++) {
            moments[i].merge(added[i]);
          }
        });
  }

  private Moments[] of(String layer) {
    return byLayer.computeIfAbsent(
        layer,
        name -> {
          Moments[] fresh = new Moments[LayerSample.CURVES.size()];
          for (int i = 0; i < fresh.length; i++) {
            fresh[i] = new Moments();
          }
          return fresh;
        });
  }

  /**
   * The layers as points of the curves.
   *
   * @param networkOrder the model's layers, first to last; layers that it lacks come last, by name
   * @return null of a run of one layer
   */
  List<LayerStatistics> statistics(List<String> networkOrder) {
    return byLayer.isEmpty()
        ? null
        : byLayer.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> place(entry.getKey(), networkOrder)))
            .map(LayerSums::point)
            .toList();
  }

  private static int place(String layer, List<String> networkOrder) {
    int place = networkOrder.indexOf(layer);
    return place < 0 ? Integer.MAX_VALUE : place;
  }

  private static LayerStatistics point(Map.Entry<String, Moments[]> layer) {
    Moments[] moments = layer.getValue();
    return new LayerStatistics(
        layer.getKey(),
        Intervals.mean(moments[LayerSample.CURVES.indexOf(Quantity.ENTROPY)]),
        Intervals.mean(moments[LayerSample.CURVES.indexOf(Quantity.ENERGY_SHARE)]),
        Intervals.mean(moments[LayerSample.CURVES.indexOf(Quantity.LIFT)]));
  }

  void write(OutputStream out) throws IOException {
    Wire.writeCount(byLayer.size(), out);
    for (Map.Entry<String, Moments[]> entry : byLayer.entrySet()) {
      Wire.writeText(entry.getKey(), out);
      for (Moments moments : entry.getValue()) {
        moments.write(out);
      }
    }
  }

  /** Adds what was written. */
  void read(InputStream in) throws IOException {
    for (long left = Wire.readCount(in); left > 0; left--) {
      for (Moments moments : of(Wire.readText(in))) {
        moments.merge(Moments.read(in));
      }
    }
  }
}
