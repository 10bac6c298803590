package io.camaudit.stats;

/**
 * How much a mean of one group of images differs from that of another that shares none with it.
 *
 * @param mean of the group
 * @param others of the other
 * @param difference mean − others
 * @param low lower end of the difference's 95 % interval; null where a group has a single value
 * @param high upper end; null likewise
 * @param interval what the ends are, {@link Mean#NORMAL}
 */
public record MeanDifference(
    Mean mean, Mean others, double difference, Double low, Double high, String interval) {}
