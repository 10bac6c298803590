package io.camaudit.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.camaudit.stats.Rate;

/** Where in its class's images a channel finds what it gives to the class. */
public enum CarriedBy {
  /** On the object: clearly in most images, most of it lies within the region. */
  @JsonProperty("object")
  OBJECT,
  /** Around it: clearly in most images, most of it lies outside the region. */
  @JsonProperty("surroundings")
  SURROUNDINGS,
  /** The images are too few or too different to say. */
  @JsonProperty("unclear")
  UNCLEAR;

  /**
   * What an interval says that lies on one side of one half.
   *
   * @param outside the images in which most of it lies outside the region; null without regions
   * @return null without regions
   */
  static CarriedBy of(Rate outside) {
    if (outside == null) {
      return null;
    }
    if (outside.low() > 0.5) {
      return SURROUNDINGS;
    }
    return outside.high() < 0.5 ? OBJECT : UNCLEAR;
  }
}
