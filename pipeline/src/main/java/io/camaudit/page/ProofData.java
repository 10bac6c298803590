package io.camaudit.page;

import java.util.List;

/**
 * A class's proof for the browser.
 *
 * @param level in a word
 * @param tone which of the page's colours it has
 * @param headline what it means, short
 * @param sentence the same with its numbers
 * @param decide what would decide it; null of a level other than undecided
 * @param background that the class's background counts; null unless it was shown, and of a
 *     confirmed class, of which more is known
 * @param images that were changed
 * @param strips the most telling first, at most {@link RunProofs#MOST_STRIPS}
 * @param strip the parts of the first that an overview shows; null without one
 * @param gap how much more often the class is kept on backgrounds of its own: value, low, high, and
 *     the images that had both; null if none had
 */
record ProofData(
    String level,
    String tone,
    String headline,
    String sentence,
    String decide,
    String background,
    long images,
    List<Row> variants,
    double[] gap,
    List<Strip> strips,
    Strip strip) {

  /**
   * A variant.
   *
   * @param kept value, low, high
   * @param against difference to the control: value, low, high; null without one
   * @param probability mean before and after
   * @param logit mean change: value, low, high
   */
  record Row(
      String name,
      String help,
      long count,
      long of,
      double[] kept,
      double[] against,
      Double pValue,
      double[] probability,
      double[] logit) {}

  /** Pictures of an image, the untouched one first. */
  record Strip(String image, List<Frame> frames) {}

  /**
   * A picture.
   *
   * @param picture address from the page; null if it is gone
   * @param probability of the class, in per cent
   */
  record Frame(String name, String picture, String predicted, boolean kept, String probability) {}
}
