package io.camaudit.alter;

import io.camaudit.savedmodel.InputPicture;

/** How pixels are filled in that are taken out of a picture. */
public enum Fill {
  /** From what is around them, coarse to fine: {@link SmoothFill}. */
  SMOOTH {
    @Override
    InputPicture filled(InputPicture picture, PixelSet hole) {
      return SmoothFill.of(picture, hole);
    }
  },
  /** With the mean of the whole picture, channel by channel. */
  MEAN {
    @Override
    InputPicture filled(InputPicture picture, PixelSet hole) {
      return withMean(picture, hole);
    }
  };

  abstract InputPicture filled(InputPicture picture, PixelSet hole);

  /**
   * The picture without some of its pixels. Without all of them it is its own mean, without none it
   * is itself.
   */
  public InputPicture without(InputPicture picture, PixelSet hole) {
    if (hole.width() != picture.width() || hole.height() != picture.height()) {
      throw new IllegalArgumentException("the pixels are of a picture of another size");
    }
    if (hole.size() == 0) {
      return picture;
    }
    return hole.size() == picture.pixels() ? withMean(picture, hole) : filled(picture, hole);
  }

  private static InputPicture withMean(InputPicture picture, PixelSet hole) {
    int channels = picture.channels();
    double[] mean = new double[channels];
    float[] values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      mean[i % channels] += values[i];
    }
    for (int c = 0; c < channels; c++) {
      mean[c] /= picture.pixels();
    }
    for (int i = 0; i < values.length; i++) {
      if (hole.has(i / channels)) {
        values[i] = (float) mean[i % channels];
      }
    }
    return new InputPicture(picture.height(), picture.width(), channels, values);
  }
}
