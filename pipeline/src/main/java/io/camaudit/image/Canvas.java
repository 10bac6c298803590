package io.camaudit.image;

import java.util.Arrays;

/** A white picture that others and text are put on. For one thread. */
final class Canvas {
  static final int BLACK = 0x000000;
  static final int WHITE = 0xffffff;

  private final int width;
  private final int height;
  private final byte[] rgb;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 255);
  }

  /** A canvas that begins as a copy of a picture. */
  static Canvas of(RgbImage picture) {
    Canvas canvas = new Canvas(picture.width(), picture.height());
    canvas.put(picture, 0, 0);
    return canvas;
  }

  void put(RgbImage picture, int left, int top) {
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(
          picture.rgb(),
          3 * y * picture.width(),
          rgb,
          3 * ((top + y) * width + left),
          3 * picture.width());
    }
  }

  /** Fills a rectangle as far as it lies on the canvas. */
  void fill(int left, int top, int right, int bottom, int colour) {
    for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, right); x++) {
        blend(x, y, colour, 1);
      }
    }
  }

  /** A line of so many pixels along the inside of a rectangle's edge. */
  void outline(int left, int top, int right, int bottom, int thickness, int colour) {
    fill(left, top, right, top + thickness, colour);
    fill(left, bottom - thickness, right, bottom, colour);
    fill(left, top, left + thickness, bottom, colour);
    fill(right - thickness, top, right, bottom, colour);
  }

  /** One line of black text from its upper left corner. */
  void write(Lettering lettering, String text, int left, int top) {
    lettering.write(
        text,
        left,
        top,
        (x, y, covered) -> {
          if (x >= 0 && x < width && y >= 0 && y < height) {
            blend(x, y, BLACK, covered / 255f);
          }
        });
  }

  /**
   * Mixes a colour into a pixel.
   *
   * @param colour as 0xRRGGBB
   * @param share of the colour, 0 to 1
   */
  void blend(int x, int y, int colour, float share) {
    int at = 3 * (y * width + x);
    for (int channel = 0; channel < 3; channel++) {
      int own = colour >> 8 * (2 - channel) & 0xff;
      rgb[at + channel] =
          (byte) (int) ((1 - share) * (rgb[at + channel] & 0xff) + share * own + 0.5f);
    }
  }

  /** The picture; the canvas is not to be used after. */
  RgbImage picture() {
    return new RgbImage(width, height, rgb);
  }
}
