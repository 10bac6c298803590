package io.camaudit.report;

import java.util.List;

/**
 * Whether a run's maps name what the model went by: how its answers fall when cells are taken out
 * of the pictures in the order of a map, on a uniform sample of its images. Formulas: {@code
 * io.camaudit.faithfulness}.
 *
 * @param fill what takes the place of what is taken out, {@code smooth} or {@code mean}
 * @param rows of the grid of cells, the same for all maps
 * @param columns likewise
 * @param images that were measured
 * @param lost images of the sample that could not be read again, or are others by now; null if none
 * @param untouched mean probability of the explained class with nothing taken out; null of no
 *     images
 * @param removed the shares of cells that are taken out, ascending
 * @param anyFirst mean probability at each of them, the cells in an order that has nothing to do
 *     with any map; empty of no images
 * @param maps of each method at each layer; the first are those that the run judges by
 * @param seconds that it took
 */
public record Faithfulness(
    String fill,
    int rows,
    int columns,
    long images,
    Long lost,
    Double untouched,
    List<Double> removed,
    List<Double> anyFirst,
    List<OfMaps> maps,
    Double seconds) {

  public Faithfulness {
    removed = List.copyOf(removed);
    anyFirst = List.copyOf(anyFirst);
    maps = List.copyOf(maps);
  }

  /**
   * The maps of one method at one layer.
   *
   * @param images with such a map
   * @param gain symmetric relevance gain, −1 to 1: the mean probability while the least relevant
   *     cells go first less that while the most relevant go first; about 0 for maps that say
   *     nothing; null of no images
   * @param leastFirst mean probability at each share, the least relevant cells gone; empty of no
   *     images
   * @param mostFirst likewise, the most relevant cells gone
   * @param difference how much greater the gain is than that of the first maps, over the images
   *     that have both; null for the first, and of no such images
   */
  public record OfMaps(
      String method,
      String layer,
      long images,
      Estimate gain,
      List<Double> leastFirst,
      List<Double> mostFirst,
      Estimate difference) {

    public OfMaps {
      leastFirst = List.copyOf(leastFirst);
      mostFirst = List.copyOf(mostFirst);
    }
  }

  /**
   * A mean over images with its 95 % interval, mean ± 1.96 sd / √n.
   *
   * @param low null for one image
   * @param high likewise
   */
  public record Estimate(double mean, Double low, Double high) {}

  /** Of the maps that the run judges by; null if none was measured. */
  public Estimate gain() {
    return maps.isEmpty() ? null : maps.get(0).gain();
  }

  /** The same, with the time that it took. */
  public Faithfulness after(double newSeconds) {
    return new Faithfulness(
        fill, rows, columns, images, lost, untouched, removed, anyFirst, maps, newSeconds);
  }
}
