package io.camaudit.image;

import java.util.Locale;

/**
 * A raw map over the model's input: before ReLU, not normalised. The array is shared, not copied.
 *
 * @param height rows, h
 * @param width columns, w
 * @param values {@code h * w} values, row by row from the top; any sign
 */
public record SaliencyMap(int height, int width, float[] values) {
  public SaliencyMap {
    if (height < 1 || width < 1 || values.length != (long) height * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a map of %d x %d cannot have %d values", height, width, values.length));
    }
  }
}
