package io.camaudit.report;

import java.util.List;

/**
 * Whether a run's maps name what the model went by: how its answers fall when the cells of a map
 * are taken out of the picture, on a uniform sample of its images. Formulas: {@code
 * io.camaudit.faithfulness}.
 *
 * @param method how the maps were made
 * @param layer likewise
 * @param fill what takes the place of what is taken out, {@code mean}
 * @param images that were measured
 * @param lost images of the sample that could not be read again, or are others by now; null if none
 * @param gain symmetric relevance gain, −1 to 1: the mean probability while the least relevant
 *     cells go first less that while the most relevant go first; about 0 for maps that say nothing
 * @param untouched mean probability of the explained class with nothing taken out
 * @param removed the shares of cells that are taken out, ascending
 * @param leastFirst mean probability at each of them, the least relevant cells gone
 * @param anyFirst likewise, the cells in an order that has nothing to do with the map
 * @param mostFirst likewise, the most relevant cells gone
 * @param seconds that it took
 */
public record Faithfulness(
    String method,
    String layer,
    String fill,
    long images,
    Long lost,
    Estimate gain,
    Double untouched,
    List<Double> removed,
    List<Double> leastFirst,
    List<Double> anyFirst,
    List<Double> mostFirst,
    Double seconds) {

  /**
   * A mean over images with its 95 % interval, mean ± 1.96 sd / √n.
   *
   * @param low null for one image
   * @param high likewise
   */
  public record Estimate(double mean, Double low, Double high) {}

  /** The same, with the time that it took. */
  public Faithfulness after(double newSeconds) {
    return new Faithfulness(
        method,
        layer,
        fill,
        images,
        lost,
        gain,
        untouched,
        removed,
        leastFirst,
        anyFirst,
        mostFirst,
        newSeconds);
  }
}
