package io.camaudit.compare;

import io.camaudit.report.ClassRef;

/**
 * An image in two runs.
 *
 * @param label of a multi-label model: which of the image's labels it is about; else null
 * @param correlation of the two first explanations' maps, see {@link MapMove}; null if unknown
 * @param peakDistance between their peaks, likewise
 */
public record ImageChange(
    String image,
    ClassRef label,
    ImageSide before,
    ImageSide after,
    Double correlation,
    Double peakDistance) {}
