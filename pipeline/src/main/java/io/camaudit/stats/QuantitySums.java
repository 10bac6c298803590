package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Exact moments and histogram of every {@link Quantity}. Mutable. */
final class QuantitySums {
  private final Moments[] moments = new Moments[Quantity.ALL.size()];
  private final long[][] histograms = new long[Quantity.ALL.size()][];

  QuantitySums() {
    for (Quantity quantity : Quantity.ALL) {
      moments[quantity.ordinal()] = new Moments();
      histograms[quantity.ordinal()] = new long[quantity.bins().count()];
    }
  }

  void add(Quantity quantity, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    moments[quantity.ordinal()].add(value);
    if (quantity.bins() != Bins.NONE) {
      histograms[quantity.ordinal()][quantity.bins().of(value)]++;
    }
  }

  void merge(QuantitySums other) {
    for (int i = 0; i < moments.length; i++) {
      moments[i].merge(other.moments[i]);
      for (int bin = 0; bin < histograms[i].length; bin++) {
        histograms[i][bin] += other.histograms[i][bin];
      }
    }
  }

  Moments moments(Quantity quantity) {
    return moments[quantity.ordinal()];
  }

  /** Means by field name, in the order of the quantities; those without a value are left out. */
  Map<String, Mean> means() {
    Map<String, Mean> means = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.ALL) {
      if (moments(quantity).count() > 0) {
        means.put(quantity.field(), Intervals.mean(moments(quantity)));
      }
    }
    return Collections.unmodifiableMap(means);
  }

  /** Histograms likewise. */
  Map<String, Histogram> histograms() {
    Map<String, Histogram> byField = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.ALL) {
      if (quantity.bins() != Bins.NONE && moments(quantity).count() > 0) {
        List<Long> counts = new ArrayList<>();
        for (long count : histograms[quantity.ordinal()]) {
          counts.add(count);
        }
        byField.put(quantity.field(), new Histogram(quantity.bins().edges(), counts));
      }
    }
    return Collections.unmodifiableMap(byField);
  }

  void write(OutputStream out) throws IOException {
    for (int i = 0; i < moments.length; i++) {
      moments[i].write(out);
      if (moments[i].count() > 0) {
        for (long count : histograms[i]) {
          Wire.writeCount(count, out);
        }
      }
    }
  }

  void read(InputStream in) throws IOException {
    for (int i = 0; i < moments.length; i++) {
      moments[i] = Moments.read(in);
      if (moments[i].count() > 0) {
        for (int bin = 0; bin < histograms[i].length; bin++) {
          histograms[i][bin] = Wire.readCount(in);
        }
      }
    }
  }
}
