package io.camaudit.image;

import java.io.Serializable;
import java.util.Objects;

/**
 * How numbers become colours over a photograph. Published recipes differ in each of these, and
 * {@link Profile} names the combinations that people know.
 *
 * @param scaling what the ends of the colour scale stand for
 * @param steps how a value becomes one of the 256 colours
 * @param enlarging from the map's cells to the photograph's pixels
 * @param colormap the colours
 * @param blending of colours and photograph
 * @param alpha weight of the colours, 0 (photograph alone) to 1
 */
public record Look(
    Scaling scaling,
    Steps steps,
    Enlarging enlarging,
    Colormap colormap,
    Blending blending,
    double alpha)
    implements Serializable {
  public Look {
    Objects.requireNonNull(scaling);
    Objects.requireNonNull(steps);
    Objects.requireNonNull(enlarging);
    Objects.requireNonNull(colormap);
    Objects.requireNonNull(blending);
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must lie in 0 to 1, got " + alpha);
    }
  }

  /** What 0 and 1 stand for, of a map after ReLU. A map with nothing positive is 0 everywhere. */
  public enum Scaling {
    /** 0 and the map's greatest value. */
    MAXIMUM,
    /** The least and the greatest value that is drawn. */
    RANGE,
    /**
     * {@code (v − min) / (max − min + 1e-7)}, of the map and once more of what is drawn; a map of
     * very small values stays below 1.
     */
    RANGE_TWICE
  }

  /** Which of the 256 colours a value v from 0 to 1 has. */
  public enum Steps {
    /** {@code round(255·v)}. */
    ROUNDED,
    /** {@code ⌊255·v⌋}, as a cast to bytes does it. */
    CUT,
    /** {@code min(255, ⌊256·v⌋)}, as matplotlib does it. */
    EQUAL
  }

  /** How cells become pixels. */
  public enum Enlarging {
    /** Values, bilinearly, with half-pixel centres and clamped edges. */
    BILINEAR,
    /** Each pixel has the value of its cell. */
    NEAREST,
    /** Each cell is coloured, and the colours are enlarged bicubically, as Pillow does it. */
    BICUBIC_COLOURS
  }

  /** How a colour c lies over a photograph's sample p, α being its weight. */
  public enum Blending {
    /** {@code (1 − α)·p + α·c}. */
    MIXED,
    /** The same, divided by the picture's greatest sample, so that it becomes 255. */
    MIXED_TO_WHITE,
    /** {@code p + α·c}, then the picture's least sample becomes 0 and its greatest 255. */
    ADDED
  }

  /** The same in other colours. */
  public Look with(Colormap other) {
    return new Look(scaling, steps, enlarging, other, blending, alpha);
  }

  /** The same with another weight. */
  public Look withAlpha(double other) {
    return new Look(scaling, steps, enlarging, colormap, blending, other);
  }

  /** Whether it is one that {@link OverlayRenderer} draws in one go. */
  boolean isPlain() {
    return scaling == Scaling.MAXIMUM
        && steps == Steps.ROUNDED
        && enlarging == Enlarging.BILINEAR
        && blending == Blending.MIXED;
  }
}
