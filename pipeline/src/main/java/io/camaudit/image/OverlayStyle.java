package io.camaudit.image;

import java.util.Objects;

/**
 * How pictures of maps look, and how they are written.
 *
 * @param picture what they show
 * @param look how maps become colours over photographs
 * @param legend whether the colour scale stands beside them with its numbers
 * @param frame whether the edge of the model's input is drawn where it cuts the photograph
 * @param format the file's format; a {@link PictureStyle#GIF} has its own
 * @param quality of a JPEG, 1 to 100
 * @param longestSide most pixels along the photograph's longer side; larger photographs are scaled
 *     down, smaller ones never up; {@link #ORIGINAL_SIZE} keeps every photograph's own size
 */
public record OverlayStyle(
    PictureStyle picture,
    Look look,
    boolean legend,
    boolean frame,
    OverlayFormat format,
    int quality,
    int longestSide)
    implements java.io.Serializable {
  /** Value of {@code longestSide} that leaves sizes alone. */
  public static final int ORIGINAL_SIZE = 0;

  public OverlayStyle {
    Objects.requireNonNull(picture);
    Objects.requireNonNull(look);
    Objects.requireNonNull(format);
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must lie in 1 to 100, got " + quality);
    }
    if (longestSide < 0) {
      throw new IllegalArgumentException("longestSide must be at least 0, got " + longestSide);
    }
  }

  /** A plain overlay in the default profile's look but for its colours and their weight. */
  public OverlayStyle(
      Colormap colormap, double alpha, OverlayFormat format, int quality, int longestSide) {
    this(
        PictureStyle.OVERLAY,
        Profile.DEFAULT.look().with(colormap).withAlpha(alpha),
        false,
        false,
        format,
        quality,
        longestSide);
  }

  /** Turbo at half strength, JPEG of quality 90, at most 640 pixels along the longer side. */
  public static OverlayStyle defaults() {
    return new OverlayStyle(Colormap.TURBO, 0.5, OverlayFormat.JPEG, 90, 640);
  }
}
