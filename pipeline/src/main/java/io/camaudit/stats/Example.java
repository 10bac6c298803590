package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import io.camaudit.report.Verdict;

/**
 * An image that stands for something in its class.
 *
 * @param image as in its report
 * @param overlay of the first explanation, relative to the run's directory; null if none was
 *     written
 * @param predicted the model's first prediction
 * @param verdict null without a label
 * @param value what it was chosen by: the cosine of its map to the class's mean map among the
 *     typical and the deviant, the lift (or, without a region, the greater of border and corner
 *     lift) among the suspicious
 */
public record Example(
    String image, String overlay, ClassRef predicted, Verdict verdict, double value) {}
