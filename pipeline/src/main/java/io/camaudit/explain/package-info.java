/**
 * From the bytes of images to their reports and overlays, without Beam: start from {@link
 * io.camaudit.explain.ImageExplainer}.
 */
package io.camaudit.explain;
