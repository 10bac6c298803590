package io.camaudit.stats;

/**
 * A point of a class's curves over depth: what the maps of one layer say, of the target that the
 * row's other numbers are about.
 *
 * @param layer its name in the model
 * @param entropy of the usable maps, 0 (one cell) to 1 (uniform); null if there are none
 * @param energyShare of their energy in the region, 0 to 1; null without regions
 * @param lift energy in the region over the region's share of the area, 1 is chance; null likewise
 */
public record LayerStatistics(String layer, Mean entropy, Mean energyShare, Mean lift) {}
