package io.camaudit.stats;

/**
 * A property of a class's images, or of all.
 *
 * @param mean of the images that have it; of a format the share of images that are of it
 * @param againstRest whether the class's images have more of it than all others; null in the
 *     dataset's row, and where all images of the dataset are alike or one side has none
 * @param rightAgainstWrong whether its rightly classified images have more of it than the wrong
 *     ones, of a multi-label model the found ones than the missed; null likewise
 */
public record PropertyStatistics(Mean mean, Separation againstRest, Separation rightAgainstWrong) {}
