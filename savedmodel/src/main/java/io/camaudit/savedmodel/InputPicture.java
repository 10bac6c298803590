package io.camaudit.savedmodel;

import java.util.Locale;

/**
 * One picture as the model takes it: resized, cropped and normalised as in training.
 *
 * @param height H, pixels
 * @param width W, likewise
 * @param channels C
 * @param values {@code [H · W · C]}, row by row from the top, the channels of a pixel side by side;
 *     shared, never copied: whoever makes a picture no longer writes to it
 */
public record InputPicture(int height, int width, int channels, float[] values) {
  public InputPicture {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "no picture is %d x %d x %d", height, width, channels));
    }
    if (values.length != (long) height * width * channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a picture of %d x %d x %d does not have %d numbers",
              height,
              width,
              channels,
              values.length));
    }
  }

  /** Number of pixels, H · W. */
  public int pixels() {
    return height * width;
  }
}
