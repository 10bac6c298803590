package io.camaudit.strategy;

/**
 * An image and its strategy: a line of a class's file.
 *
 * @param image as in its report
 * @param strategy its number, from 1
 * @param x where it stands in the scatter, −1 to 1; null if it was not among the sampled ones, or
 *     none were clustered
 * @param y likewise
 */
public record AssignedImage(String image, int strategy, Double x, Double y) {}
