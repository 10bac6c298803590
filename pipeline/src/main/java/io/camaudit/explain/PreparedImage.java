package io.camaudit.explain;

import io.camaudit.image.RgbImage;
import io.camaudit.measure.RegionMask;
import io.camaudit.report.ImageFile;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.Placement;
import java.util.Optional;

/**
 * An image that lies in the batch, ready for the model.
 *
 * @param position among the images that were given together
 * @param subject what it is
 * @param file what is known of its file
 * @param region where the model ought to look, on the model's input
 * @param base the photograph at the overlay's size; null without overlays
 * @param placement where the model's input lies on {@code base}, or on the photograph without one
 */
record PreparedImage(
    int position,
    Subject subject,
    ImageFile file,
    Regions region,
    RgbImage base,
    Placement placement) {

  /** Where the model ought to look, by class. */
  @FunctionalInterface
  interface Regions {
    /**
     * @param label the class; null for an image without a label
     */
    Optional<RegionMask> of(ClassLabel label);
  }
}
