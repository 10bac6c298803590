package io.camaudit.page;

import io.camaudit.stats.Flag;
import java.util.List;

/**
 * One class for the browser: the content of {@code data/class-KEY.js}.
 *
 * @param counts what became of the images, other than plainly explained
 * @param curves numbers over the network's depth; null of a run of one layer
 * @param properties what its pictures are like apart from what they show
 * @param propertyFlags what tells them from others
 * @param proof what became of its images when they were changed; null without a proof
 * @param channels that carry it; null without any
 * @param strategies in how many ways it is seen; null of a run that did not look for them
 * @param order how galleries are sorted, in a sentence
 * @param missing what cannot be shown and why, in sentences
 * @param galleries images by their position in {@code images}
 */
record ClassData(
    String key,
    String name,
    String id,
    long total,
    List<Count> counts,
    List<FlagData> flags,
    ProofData proof,
    List<ChannelData> channels,
    StrategyData strategies,
    MapData mean,
    MapData deviation,
    List<NumberRow> numbers,
    List<Bars> histograms,
    List<Curve> curves,
    List<Confused> confusions,
    List<PropertyRow> properties,
    List<FlagData> propertyFlags,
    String order,
    List<String> missing,
    List<Shelf> galleries,
    List<ImageData> images) {

  /** How many images ended in some way. */
  record Count(String name, long count) {}

  /** Why the class is suspect. */
  record FlagData(String title, String sentence, String caution) {}

  /** A row of the table of numbers; {@code all} is the dataset's. */
  record NumberRow(
      String name,
      String help,
      boolean percent,
      double value,
      Double low,
      Double high,
      Double all) {}

  /**
   * A histogram.
   *
   * @param edges lower edges of the bins, and the upper edge of the last unless it is {@code open}
   */
  record Bars(
      String name,
      String help,
      boolean percent,
      List<Double> edges,
      boolean open,
      List<Long> bins,
      Double mean,
      Double chance) {}

  /**
   * A number's means over the network's depth.
   *
   * @param points of the layers, first to last
   */
  record Curve(String name, String help, boolean percent, Double chance, List<Point> points) {}

  /**
   * A layer's mean.
   *
   * @param value null where no map of the layer has the number
   * @param low lower end of its 95 % interval
   * @param high upper end
   * @param images that have it
   * @param all the dataset's mean
   */
  record Point(String layer, Double value, Double low, Double high, long images, Double all) {}

  /**
   * A property of the pictures.
   *
   * @param kind as in the {@link Glossary}
   * @param value the class's mean
   * @param all the dataset's
   * @param rest AUC against all others, low, high; null if there is none
   * @param right likewise of right against wrong predictions
   * @param restFlag true for a flag, else null
   * @param rightFlag likewise
   */
  record PropertyRow(
      String name,
      String help,
      String kind,
      double value,
      Double all,
      double[] rest,
      double[] right,
      Boolean restFlag,
      Boolean rightFlag) {}

  /** A wrong first prediction; no {@code key} if that class has no page. */
  record Confused(String key, String name, long count) {}

  /** A gallery. */
  record Shelf(String id, String title, String help, long total, List<Integer> images) {}

  static FlagData flag(Flag flag) {
    return new FlagData(Words.name(flag.kind()), flag.sentence(), flag.caution());
  }
}
