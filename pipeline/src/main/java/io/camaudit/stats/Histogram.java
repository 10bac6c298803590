package io.camaudit.stats;

import java.util.List;

/**
 * Counts in bins that are the same for every class and every run.
 *
 * @param edges lower edge of each bin, ascending; bin i holds {@code edges[i] <= x < edges[i + 1]}
 *     and the last one everything from its edge up
 * @param counts images in each bin, as many as edges
 */
public record Histogram(List<Double> edges, List<Long> counts) {
  public Histogram {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
  }
}
