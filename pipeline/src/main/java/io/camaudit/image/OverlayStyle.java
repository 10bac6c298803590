package io.camaudit.image;

import java.util.Objects;

/**
 * How overlays look.
 *
 * @param colormap the colours of the map
 * @param alpha weight of the map's colour, 0 (photograph alone) to 1 (map alone)
 * @param format the file's format
 * @param quality of a JPEG, 1 to 100
 * @param longestSide most pixels along the longer side; larger photographs are scaled down, smaller
 *     ones never up; {@link #ORIGINAL_SIZE} keeps every photograph's own size
 */
public record OverlayStyle(
    Colormap colormap, double alpha, OverlayFormat format, int quality, int longestSide)
    implements java.io.Serializable {
  /** Value of {@code longestSide} that leaves sizes alone. */
  public static final int ORIGINAL_SIZE = 0;

  public OverlayStyle {
    Objects.requireNonNull(colormap);
    Objects.requireNonNull(format);
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must lie in 0 to 1, got " + alpha);
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must lie in 1 to 100, got " + quality);
    }
    if (longestSide < 0) {
      throw new IllegalArgumentException("longestSide must be at least 0, got " + longestSide);
    }
  }

  /** Turbo at half strength, JPEG of quality 90, at most 640 pixels along the longer side. */
  public static OverlayStyle defaults() {
    return new OverlayStyle(Colormap.TURBO, 0.5, OverlayFormat.JPEG, 90, 640);
  }
}
