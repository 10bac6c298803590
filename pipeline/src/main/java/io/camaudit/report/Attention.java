package io.camaudit.report;

/**
 * Where and how closely a map looks, without knowing where it should. Computed on the map's cells
 * after ReLU; lengths are fractions of the input's width and height, shares are of the map's
 * energy. Formulas: {@code io.camaudit.measure.AttentionMeasure}.
 *
 * @param entropy normalised Shannon entropy, 0 (one cell) to 1 (uniform)
 * @param gini Gini coefficient, 0 (uniform) to 1 − 1/n (one cell)
 * @param effectiveArea participation ratio as a share of the cells, 1/n to 1
 * @param centreX centre of mass, from the left, 0 to 1
 * @param centreY centre of mass, from the top, 0 to 1
 * @param dispersion root mean square distance from the centre of mass
 * @param borderShare energy in the frame along the edges
 * @param borderLift borderShare over the frame's share of the area; 1 is chance
 * @param cornerShare energy in the four corners
 * @param cornerLift cornerShare over the corners' share of the area; 1 is chance
 * @param peakX centre of the greatest cell, from the left; ties go to the first in row order
 * @param peakY centre of the greatest cell, from the top
 */
public record Attention(
    double entropy,
    double gini,
    double effectiveArea,
    double centreX,
    double centreY,
    double dispersion,
    double borderShare,
    double borderLift,
    double cornerShare,
    double cornerLift,
    double peakX,
    double peakY) {}
