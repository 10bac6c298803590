package io.camaudit.channel;

import io.camaudit.report.ClassRef;
import java.util.Comparator;

/**
 * An image that a channel likes.
 *
 * @param image as in its report
 * @param target the class that was explained of it
 * @param relevance of the channel for it, in units of its logit; above 0
 * @param heat where the channel finds it; null where other channels say more of the image
 */
public record LikedImage(String image, ClassRef target, float relevance, Heat heat) {
  /** The loudest first; names are unique in a run. */
  static final Comparator<LikedImage> ORDER =
      Comparator.comparingDouble(LikedImage::relevance).reversed().thenComparing(LikedImage::image);

  /**
   * The channel's map after ReLU.
   *
   * @param peak the greatest cell
   * @param cells row by row, a byte each, 255 at the peak; in JSON as Base64
   */
  public record Heat(int height, int width, float peak, byte[] cells) {
    static Heat of(ChannelHeat heat, VectorShape shape) {
      return heat == null
          ? null
          : new Heat(shape.height(), shape.width(), heat.peak(), heat.cells());
    }
  }
}
