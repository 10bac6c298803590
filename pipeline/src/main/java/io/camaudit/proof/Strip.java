package io.camaudit.proof;

import io.camaudit.report.ClassRef;
import java.util.List;

/**
 * Pictures of one image and its variants, side by side.
 *
 * @param image its name
 * @param original path of the untouched picture in the run's folder
 * @param predicted first prediction for it
 * @param probability of the class under proof
 * @param frames the variants, in their order
 */
public record Strip(
    String image, String original, ClassRef predicted, double probability, List<Frame> frames) {
  public Strip {
    frames = List.copyOf(frames);
  }

  /**
   * One variant.
   *
   * @param donor name of the image that gave the background; null without one
   * @param picture path in the run's folder
   * @param predicted first prediction for it; null if a multi-label model sees no class in it
   * @param kept whether that is the class under proof
   * @param probability of the class under proof
   */
  public record Frame(
      Variant variant,
      String donor,
      String picture,
      ClassRef predicted,
      boolean kept,
      double probability) {}
}
