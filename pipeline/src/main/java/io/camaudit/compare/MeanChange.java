package io.camaudit.compare;

import io.camaudit.stats.Mean;

/**
 * A mean number in two runs, over the images that have the number in both.
 *
 * @param difference mean of after − before over the images, with its 95 % interval
 */
public record MeanChange(double before, double after, Mean difference) {}
