package io.camaudit.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.stats.Rate;

/** Where in its class's images a channel finds what it gives to the class. */
public enum CarriedBy {
  /** On the object: clearly more of it lies there than chance would have it. */
  @JsonProperty("object")
  OBJECT,
  /** Around it: in most images less of it lies on the object than chance would have it. */
  @JsonProperty("surroundings")
  SURROUNDINGS,
  /** Neither; or the images are too few, or too different, to say. */
  @JsonProperty("unclear")
  UNCLEAR;

  /** The least ratio of the odds of lying on the object to those by chance, for {@link #OBJECT}. */
  private static final double ODDS_RATIO = 2;

  /**
   * What intervals say: of images on one side of one half, or of the whole beyond an odds ratio.
   *
   * @param outside which part lies outside the regions
   * @param chance which part would by chance
   * @param belowChance the images with less on the object than chance; null without regions
   * @return null without regions
   */
  static CarriedBy of(OutsideShare outside, Double chance, Rate belowChance) {
    if (belowChance == null) {
      return null;
    }
    if (belowChance.low() > 0.5) {
      return SURROUNDINGS;
    }
    Double most = outside.high();
    // (1 − most) / most against (1 − chance) / chance, without divisions by 0.
    return most != null && (1 - most) * chance >= ODDS_RATIO * most * (1 - chance)
        ? OBJECT
        : UNCLEAR;
  }
}
