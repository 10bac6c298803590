package io.camaudit.cue;

import io.camaudit.report.ClassRef;
import java.util.Comparator;

/**
 * An image with its score along a cue's direction.
 *
 * @param score 0 where the images without the cue are on average, 1 where those with it are
 * @param inSet whether it was said to show the cue
 * @param made whether it made the direction
 * @param predicted the model's first prediction; null of a model that has none for it
 */
record Scored(String image, double score, boolean inSet, boolean made, ClassRef predicted) {
  /** Greatest first; names are unique in a run. */
  static final Comparator<Scored> ORDER =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::image);
}
