package io.camaudit.stats;

import io.camaudit.report.ClassRef;

/**
 * A wrong first prediction and how many of the class's images got it.
 *
 * @param share count over the class's images with a label the model knows and a prediction
 */
public record Confusion(ClassRef predicted, long count, double share) {}
