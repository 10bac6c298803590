package io.camaudit.page;

import io.camaudit.stats.Rate;
import java.util.List;
import java.util.Locale;

/**
 * What the first view says, in the words that stand on it; the template only arranges them.
 *
 * @param figures the few numbers that matter most
 * @param matrix the four verdicts; null if none was given
 * @param besides how many images are in no cell of the matrix, and why
 * @param proved whether the run has a proof
 * @param suspects classes with a flag and confirmed ones, at most {@link #MOST_SUSPECTS}
 * @param moreSuspects how many others there are
 * @param suspicionNote what an empty list of suspects means
 * @param depth how numbers change from layer to layer; null of a run of one layer
 * @param mapTest how faithful the maps are; null if it was not measured
 * @param told what pictures give away without any map; null if the run did not measure it
 * @param ways which classes are seen in several ways; null if the run did not look for them
 * @param failures how many images failed, by status
 * @param failedImages some of them
 * @param run how the run was made
 * @param missing what the page cannot show and why
 */
record Overview(
    String title,
    String subtitle,
    List<Figure> figures,
    List<Cell> matrix,
    List<String> besides,
    boolean proved,
    List<Suspect> suspects,
    int moreSuspects,
    String suspicionNote,
    Depth depth,
    MapTest mapTest,
    Told told,
    Ways ways,
    List<Failures> failures,
    List<FailedImage> failedImages,
    List<RunTable.Group> run,
    List<String> missing) {
  static final int MOST_SUSPECTS = 8;

  /**
   * A number.
   *
   * @param rate drawn as an interval; null for a plain number
   */
  record Figure(String name, String value, String detail, Bar rate) {}

  /** An interval's ends and point, as CSS lengths in per cent. */
  record Bar(String from, String width, String point) {
    static Bar of(Rate rate) {
      return new Bar(css(rate.low()), css(rate.high() - rate.low()), css(rate.value()));
    }

    private static String css(double share) {
      return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
  }

  /**
   * A verdict.
   *
   * @param tone which of the page's colours
   * @param tint 0 to 60, how strongly the cell is coloured: its share
   */
  record Cell(String name, String tone, String share, String count, int tint) {}

  /**
   * A class with the flags raised against it.
   *
   * @param proof what became of its images when they were changed; null without a proof
   */
  record Suspect(
      String key, String name, boolean map, List<ClassData.FlagData> flags, ProofData proof) {
    /** Each once: flags of one kind of evidence share theirs. */
    public List<String> cautions() {
      return flags.stream().map(ClassData.FlagData::caution).distinct().toList();
    }
  }

  /** Means of all images at each layer, first to last: the numbers' names, then a row a layer. */
  record Depth(List<String> names, List<LayerRow> layers) {}

  /** A layer and its means, in the order of the names. */
  record LayerRow(String layer, List<String> values) {}

  /**
   * Classes whose pictures are told from the others', or whose right predictions from the wrong
   * ones.
   *
   * @param classes the first; of all classes together the key is empty
   * @param more how many others there are
   */
  record Told(List<Suspect> classes, int more) {}

  /**
   * Classes that are seen in several ways.
   *
   * @param of how many classes were looked at
   * @param classes the first
   * @param more how many others there are
   */
  record Ways(int of, List<Way> classes, int more) {}

  /** A class and its ways in a sentence. */
  record Way(String key, String name, String sentence) {}

  /** How many images ended with a status, and what that means. */
  record Failures(String status, String count) {}

  /** One of them. */
  record FailedImage(String image, String status, String reason) {}
}
