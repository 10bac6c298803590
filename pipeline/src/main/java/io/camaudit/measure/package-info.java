/**
 * The numbers of one explanation and the verdict of one image: plain functions of a raw map and a
 * region's raster. {@link io.camaudit.measure.AttentionMeasure} needs no region, {@link
 * io.camaudit.measure.RegionMeasure} does, {@link io.camaudit.measure.VerdictRule} judges. The same
 * definitions for users are in {@code docs/numbers.md}.
 */
package io.camaudit.measure;
