package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A file's first picture as it is stored, with its palette, for who reads meanings and not colours.
 * What {@link ImageDecoder} keeps away from decoders is kept away here too.
 */
public final class StoredPicture {
  private StoredPicture() {}

  /**
   * Decodes a file by its content.
   *
   * @throws ImageException TOO_LARGE before anything is decoded, if the file or a JPEG in it states
   *     more pixels; otherwise as {@link ImageDecoder#decode(byte[])} has it
   */
  public static BufferedImage read(byte[] file, long maxPixels) throws ImageException {
    ImageFormat format = FileSignature.detect(file);
    TiffDirectory tiff = format == ImageFormat.TIFF ? TiffDirectory.of(file) : null;
    byte[] plain =
        switch (format) {
          case TIFF -> tiff.plain();
          case PNG -> PngChunks.ofPixels(file);
          default -> file;
        };
    try (PlugIn plugIn =
        format == ImageFormat.PNG
            ? PlugIn.openWithMetadata(format, plain)
            : PlugIn.open(format, plain)) {
      check(plugIn.width(), plugIn.height(), maxPixels);
      if (tiff != null && tiff.jpeg()) {
        EmbeddedJpegs.check(plain, (width, height) -> check(width, height, maxPixels));
      }
      return plugIn.pixels();
    }
  }

  private static void check(int width, int height, long maxPixels) throws ImageException {
    if ((long) width * height > maxPixels) {
      throw new ImageException(
          Reason.TOO_LARGE,
          String.format(Locale.ROOT, "%d x %d pixels are more than %,d", width, height, maxPixels));
    }
  }
}
