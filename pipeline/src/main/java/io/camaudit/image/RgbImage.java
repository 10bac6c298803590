package io.camaudit.image;

import java.util.Locale;

/**
 * A picture of 8-bit RGB pixels.
 *
 * <p>The array is shared, never copied: whoever makes an image hands its array over and no longer
 * writes to it. Two images are equal only if they share one array.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param rgb {@code height * width * 3} bytes, row by row from the top left, red first; each byte
 *     is an unsigned sample, 0 to 255
 */
public record RgbImage(int width, int height, byte[] rgb) {
  public RgbImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "an image has at least one pixel, got " + width + " x " + height);
    }
    if (rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an image of %d x %d has %d samples, got %d",
              width,
              height,
              3L * width * height,
              rgb.length));
    }
  }
}
