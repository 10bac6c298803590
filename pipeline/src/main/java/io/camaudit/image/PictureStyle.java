package io.camaudit.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a picture of maps shows. */
public enum PictureStyle {
  /** One map over its photograph. */
  OVERLAY,
  /** One map alone, white outside the model's input. */
  HEATMAP,
  /** Photograph, map, and map over photograph. */
  TRIPTYCH,
  /** Lines on the photograph at a quarter, half and three quarters of the map's maximum. */
  CONTOUR,
  /** The photograph, and beside it the maps of all classes at one layer. */
  SIDE_BY_SIDE,
  /** The maps of all layers for one class, one after another. */
  GIF;

  /** Whether several maps make one picture. */
  public boolean gathers() {
    return this == SIDE_BY_SIDE || this == GIF;
  }

  /**
   * The style of this name, upper or lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PictureStyle parse(String name) {
    for (PictureStyle style : values()) {
      if (style.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return style;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "style \"%s\" is not known; choose one of %s",
            name,
            Arrays.stream(values()).map(PictureStyle::toString).collect(Collectors.joining(", "))));
  }

  /** The name as users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
