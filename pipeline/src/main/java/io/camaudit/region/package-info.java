/**
 * Where a model ought to look: regions read from annotation files and put onto the model's input
 * square. Start from {@link io.camaudit.region.RegionSource}, which loads a {@link
 * io.camaudit.region.RegionSet}, which finds the {@link io.camaudit.region.Region} of an image.
 */
package io.camaudit.region;
