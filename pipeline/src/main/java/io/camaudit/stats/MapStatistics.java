package io.camaudit.stats;

import java.util.List;

/**
 * What a class's maps have in common. Every map enters after ReLU and divided by its maximum, so
 * that each image weighs the same and cells are 0 to 1.
 *
 * @param count maps that went in; at least 1
 * @param height rows
 * @param width columns
 * @param mean {@code [height][width]}, the mean map, 0 to 1
 * @param sd {@code [height][width]}, sample standard deviation of each cell; null for a single map
 * @param alikeness mean cosine of the maps to {@code mean}, 0 to 1; 1 if all maps are the same up
 *     to a factor. Rises with fewer maps, each being part of its mean
 * @param pairAlikeness mean cosine between two different maps, 0 to 1: free of that bias, so the
 *     one to compare classes of different sizes by; null for a single map
 * @param ownPlace mean over images of (cosine to the sum of the other maps of the class − cosine to
 *     the sum of the maps of all other classes), −1 to 1: how much the class has one place of its
 *     own; null for the dataset, for a single map and for a single class
 */
public record MapStatistics(
    long count,
    int height,
    int width,
    List<List<Double>> mean,
    List<List<Double>> sd,
    double alikeness,
    Double pairAlikeness,
    Mean ownPlace) {}
