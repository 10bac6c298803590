package io.camaudit.image;

import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/**
 * What a file may demand before it is refused as {@link ImageException.Reason#TOO_LARGE}.
 *
 * @param maxPixels width times height as the header states them, checked before anything is decoded
 * @param maxBytes size of the file
 * @param maxTime that decoding computes
 */
public record DecodeLimits(long maxPixels, long maxBytes, Duration maxTime)
    implements Serializable {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public DecodeLimits {
    if (maxTime.isNegative() || maxTime.isZero()) {
      throw new IllegalArgumentException("the time for decoding must be more than 0");
    }
    if (maxPixels < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "limits must be at least 1, got %d pixels and %d bytes",
              maxPixels,
              maxBytes));
    }
  }

  /** With a minute, several times what the largest pictures take that the other limits let pass. */
  public DecodeLimits(long maxPixels, long maxBytes) {
    this(maxPixels, maxBytes, MINUTE);
  }

  /** 100 megapixels, 256 MiB and a minute. */
  public static DecodeLimits defaults() {
    return new DecodeLimits(100_000_000L, 256L << 20);
  }
}
