package io.camaudit.report;

/**
 * A raw map as the model gave it: before ReLU, not normalised, in the layer's own grid over the
 * model's input.
 *
 * @param height rows, h
 * @param width columns, w
 * @param min least value
 * @param max greatest value
 * @param values {@code [h][w]}, row by row from the top; null (like min and max) where a value is
 *     not finite
 */
public record RawMap(int height, int width, Float min, Float max, float[][] values) {}
