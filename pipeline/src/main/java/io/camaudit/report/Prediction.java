package io.camaudit.report;

/**
 * One of an image's most likely classes.
 *
 * @param logit the model's output before any softmax or sigmoid
 * @param probability softmax over all logits, 0 to 1; of a multi-label model the class's sigmoid
 */
public record Prediction(int index, String id, String name, float logit, float probability) {}
