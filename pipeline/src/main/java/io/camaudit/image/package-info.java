/**
 * Image files in, overlays out: {@link io.camaudit.image.ImageDecoder} turns a file's bytes into
 * upright RGB pixels, {@link io.camaudit.image.OverlayRenderer} paints a saliency map over them,
 * {@link io.camaudit.image.ImageEncoder} turns the result into a file's bytes. Nothing here knows
 * Beam, models or reports.
 */
package io.camaudit.image;
