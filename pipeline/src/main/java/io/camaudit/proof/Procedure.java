package io.camaudit.proof;

import java.util.List;

/**
 * How the images of a proof were chosen and changed, and which of them could not be.
 *
 * @param fill what took the place of pixels that were taken out: {@code smooth} or {@code mean}
 * @param imagesOfFlagged most images of a class that the run's statistics flag
 * @param imagesOfOthers most images of another class
 * @param lost images that could not take part, each once, by name
 */
public record Procedure(String fill, int imagesOfFlagged, int imagesOfOthers, List<Lost> lost) {
  public Procedure {
    lost = List.copyOf(lost);
  }

  /**
   * An image that could not take part: gone, changed since the run, or not to be read.
   *
   * @param reason in words
   */
  public record Lost(String image, String reason) {}
}
