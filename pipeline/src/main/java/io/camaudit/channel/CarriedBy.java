package io.camaudit.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.stats.Rate;

/** Where in its class's images a channel finds what it gives to the class. */
public enum CarriedBy {
  /** On the object: in most images more of it lies there than chance would have it. */
  @JsonProperty("object")
  OBJECT,
  /** Around it: in most images less of it lies on the object than chance would have it. */
  @JsonProperty("surroundings")
  SURROUNDINGS,
  /** The images are too few or too different to say. */
  @JsonProperty("unclear")
  UNCLEAR;

  /**
   * What an interval says that lies on one side of one half.
   *
   * @param belowChance the images with less on the object than chance; null without regions
   * @return null without regions
   */
  static CarriedBy of(Rate belowChance) {
    if (belowChance == null) {
      return null;
    }
    if (belowChance.low() > 0.5) {
      return SURROUNDINGS;
    }
    return belowChance.high() < 0.5 ? OBJECT : UNCLEAR;
  }
}
