package io.camaudit.compare;

/**
 * An image in two runs.
 *
 * @param correlation of the two first explanations' maps, see {@link MapMove}; null if unknown
 * @param peakDistance between their peaks, likewise
 */
public record ImageChange(
    String image, ImageSide before, ImageSide after, Double correlation, Double peakDistance) {}
