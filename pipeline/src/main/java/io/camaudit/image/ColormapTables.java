package io.camaudit.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Where the colours of {@link Colormap} come from: a text resource, and jet's closed form. */
final class ColormapTables {
  private static final String RESOURCE = "colormaps.txt";
  private static final int LINES = 16;

  private ColormapTables() {}

  /** The map of this name in the resource: 256 colours, three bytes each. */
  static byte[] read(String name) {
    try (InputStream in = ColormapTables.class.getResourceAsStream(RESOURCE)) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      int start = lines.indexOf(name) + 1;
      String digits = String.join("", lines.subList(start, start + LINES)).replace(" ", "");
      return HexFormat.of().parseHex(digits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Jet as matplotlib defines it: red, green and blue each piecewise linear in the value. */
  static byte[] jet() {
    double[][] red = {{0, 0.35, 0.66, 0.89, 1}, {0, 0, 1, 1, 0.5}};
    double[][] green = {{0, 0.125, 0.375, 0.64, 0.91, 1}, {0, 0, 1, 1, 0, 0}};
    double[][] blue = {{0, 0.11, 0.34, 0.65, 1}, {0.5, 1, 1, 0, 0}};
    byte[] table = new byte[3 * Colormap.ENTRIES];
    for (int i = 0; i < Colormap.ENTRIES; i++) {
      double value = i / (Colormap.ENTRIES - 1.0);
      table[3 * i] = level(red, value);
      table[3 * i + 1] = level(green, value);
      table[3 * i + 2] = level(blue, value);
    }
    return table;
  }

  private static byte level(double[][] knots, double x) {
    double[] at = knots[0];
    double[] height = knots[1];
    int right = 1;
    while (x > at[right]) {
      right++;
    }
    double share = (x - at[right - 1]) / (at[right] - at[right - 1]);
    double y = height[right - 1] + share * (height[right] - height[right - 1]);
    return (byte) Math.round(255 * y);
  }
}
