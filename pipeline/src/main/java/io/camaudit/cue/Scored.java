package io.camaudit.cue;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageReport;
import java.util.Comparator;

/**
 * An image with its score along a cue's direction.
 *
 * @param score 0 where the images without the cue are on average, 1 where those with it are
 * @param inSet whether it was said to show the cue
 * @param made whether it made the direction
 * @param predicted the model's first prediction; null of a model that has none for it
 * @param sha256 of the file that the run saw
 */
record Scored(
    String image, double score, boolean inSet, boolean made, ClassRef predicted, String sha256) {
  /** Half way between the two means: images beyond are nearer to those with the cue. */
  static final double BEARING = 0.5;

  /** Greatest first; names are unique in a run. */
  static final Comparator<Scored> ORDER =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::image);

  static Scored of(ImageReport report, double score, boolean inSet, boolean made) {
    return new Scored(
        report.image(), score, inSet, made, report.predicted(), report.file().sha256());
  }

  /** Whether it counts as showing the cue: somebody said so, or its score does. */
  boolean bears() {
    return inSet || score >= BEARING;
  }
}
