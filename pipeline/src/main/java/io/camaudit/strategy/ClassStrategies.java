package io.camaudit.strategy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;
import io.camaudit.storage.RunFolder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A class's strategies.
 *
 * @param images of its row whose relevance has a positive part; each is of one strategy
 * @param withoutRelevance images of its row that have none, and so no strategy: nothing spoke for
 *     the explained class, or the numbers are not finite
 * @param sampled images that were clustered, those with the least SHA-256 of their names
 * @param distinct of these, images whose shares of relevance are not the same as another's
 * @param neighbours nearest neighbours an image in the graph; 0 where nothing was clustered,
 *     because fewer than {@link io.camaudit.cluster.SpectralClusters#LEAST_POINTS} are distinct
 * @param eigenvalues the least of the graph's normalised Laplacian, ascending; empty likewise
 * @param gap the greatest relative gap among them, 1 − λ(m)/λ(m+1) with m from 2
 * @param file every image with its strategy, in the run's folder
 * @param strategies the one with the most sampled images first; more than one if the gap is at
 *     least {@link io.camaudit.cluster.SpectralClusters#LEAST_GAP}
 */
public record ClassStrategies(
    @JsonProperty("class") ClassRef classRef,
    long images,
    long withoutRelevance,
    int sampled,
    int distinct,
    int neighbours,
    List<Double> eigenvalues,
    double gap,
    String file,
    List<Strategy> strategies) {
  private static final Pattern FILE =
      Pattern.compile(RunFolder.STRATEGIES_FOLDER + "/[0-9u]+\\.csv");

  public ClassStrategies {
    if (!FILE.matcher(file).matches()) {
      throw new IllegalArgumentException(file + " is no list of a class's images");
    }
    eigenvalues = List.copyOf(eigenvalues);
    strategies = List.copyOf(strategies);
  }
}
