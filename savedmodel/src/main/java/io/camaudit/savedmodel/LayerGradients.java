package io.camaudit.savedmodel;

/**
 * What the pooled-gradient map is made of, for one layer and aligned by pair.
 *
 * @param pairs M
 * @param height h
 * @param width w
 * @param channels C
 * @param activations A, [M, h, w, C] flat
 * @param gradients dy/dA, likewise
 * @param logits of each pair's image, [M, K] flat
 */
public record LayerGradients(
    int pairs,
    int height,
    int width,
    int channels,
    float[] activations,
    float[] gradients,
    float[] logits) {}
