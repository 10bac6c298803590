package io.camaudit.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The colour scales that a heatmap can be drawn in, as matplotlib defines them; {@link #OPENCV_JET}
 * is OpenCV's own, which differs from matplotlib's by up to 33 of 255 levels.
 */
public enum Colormap {
  VIRIDIS,
  TURBO,
  JET,
  INFERNO,
  MAGMA,
  OPENCV_JET;

  /** Entries of a table. */
  static final int ENTRIES = 256;

  private final byte[] table;

  Colormap() {
    table = name().equals("JET") ? ColormapTables.jet() : ColormapTables.read(toString());
  }

  /**
   * The colour scale of this name, upper or lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Colormap parse(String name) {
    for (Colormap colormap : values()) {
      if (colormap.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return colormap;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "colormap \"%s\" is not known; choose one of %s",
            name,
            Arrays.stream(values()).map(Colormap::toString).collect(Collectors.joining(", "))));
  }

  /** The 256 colours, from value 0 to value 1: 768 unsigned bytes, red first; a copy. */
  public byte[] table() {
    return table.clone();
  }

  /** The name as users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
