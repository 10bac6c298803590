package io.camaudit.stats;

/**
 * A mean number under two conditions, such as two runs, over the images that have it under both.
 *
 * @param difference mean of after − before over the images, with its 95 % interval
 */
public record MeanChange(double before, double after, Mean difference) {}
