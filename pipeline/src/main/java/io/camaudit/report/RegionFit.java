package io.camaudit.report;

/**
 * How a map agrees with the region where the model ought to look. Computed on the model's input
 * with the map upsampled bilinearly. Formulas: {@code io.camaudit.measure.RegionMeasure}.
 *
 * @param areaShare the region's share of the input, 0 to 1; greater than 0
 * @param energyShare relevance mass: share of the map's energy inside the region, 0 to 1
 * @param lift energyShare over areaShare; 1 is chance
 * @param pointingHit whether the peak lies in the region or within the tolerance of it
 * @param rankAccuracy relevance rank accuracy: share of the |region| most relevant pixels that lie
 *     inside it
 * @param iou intersection over union of the region's box and the box of the thresholded map's
 *     largest component
 */
public record RegionFit(
    double areaShare,
    double energyShare,
    double lift,
    boolean pointingHit,
    double rankAccuracy,
    double iou) {}
