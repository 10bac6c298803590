package io.camaudit.image;

import java.util.Locale;

/**
 * What a file may demand before it is refused as {@link ImageException.Reason#TOO_LARGE}.
 *
 * @param maxPixels width times height as the header states them, checked before anything is decoded
 * @param maxBytes size of the file
 */
public record DecodeLimits(long maxPixels, long maxBytes) implements java.io.Serializable {
  public DecodeLimits {
    if (maxPixels < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "limits must be at least 1, got %d pixels and %d bytes",
              maxPixels,
              maxBytes));
    }
  }

  /** 100 megapixels and 256 MiB. */
  public static DecodeLimits defaults() {
    return new DecodeLimits(100_000_000L, 256L << 20);
  }
}
