package io.camaudit.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.report.ClassRef;

/**
 * A property by which alone a class's images are told from the others, or its right predictions
 * from the wrong ones: something that a model can go by, or that it stumbles over, wherever its
 * maps lie.
 *
 * @param classRef null for all images together
 * @param property the field's name in a row's {@code properties}
 * @param comparison which groups it tells apart
 * @param severity twice the distance from a half of the nearer end of the AUC's 95 % interval, 0 to
 *     1; the ranking
 * @param separation how well, and how sure that is
 * @param sentence what was found, with its numbers
 * @param caution what it does not prove
 */
public record PropertyFlag(
    @JsonProperty("class") ClassRef classRef,
    String property,
    Comparison comparison,
    double severity,
    Separation separation,
    String sentence,
    String caution) {

  /** Two groups of images. */
  public enum Comparison {
    /** A class's images and all others. */
    CLASS_AGAINST_REST,
    /** Those classified rightly and those classified wrongly. */
    RIGHT_AGAINST_WRONG
  }
}
