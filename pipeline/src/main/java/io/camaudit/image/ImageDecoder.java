package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.util.Locale;

/**
 * Decodes a file by what it holds, never by its name, after its header has shown that it is not too
 * large. JPEG and PNG go through TensorFlow's codecs, the same that a model's training used; BMP,
 * GIF, WebP and TIFF through ImageIO. Alpha is dropped, 16-bit samples keep their high byte, of
 * several frames the first counts. Thread-safe; close it once no thread uses it.
 */
public final class ImageDecoder implements AutoCloseable {
  private final DecodeLimits limits;
  private final boolean orient;
  private final TensorFlowCodec codec = new TensorFlowCodec();

  /**
   * @param orient whether the EXIF orientation is applied, so that the picture is upright
   */
  public ImageDecoder(DecodeLimits limits, boolean orient) {
    this.limits = limits;
    this.orient = orient;
  }

  /**
   * The picture in a file.
   *
   * @throws ImageException with the reason and a sentence, for whatever keeps the file from being a
   *     picture
   */
  public DecodedImage decode(byte[] file) throws ImageException {
    if (file.length > limits.maxBytes()) {
      throw new ImageException(
          Reason.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "the file has %,d bytes, more than %,d",
              file.length,
              limits.maxBytes()));
    }
    ImageFormat format = FileSignature.detect(file);
    try {
      return decode(file, format);
    } catch (RuntimeException e) {
      // Codecs meet hostile files with whatever they stumble over, TensorFlow's among them with
      // IllegalArgumentException; the file is at fault, not the run.
      throw new ImageException(
          Reason.CORRUPT,
          String.format(Locale.ROOT, "the %s is broken or cut off", format.displayName()),
          e);
    }
  }

  private DecodedImage decode(byte[] file, ImageFormat format) throws ImageException {
    int orientation;
    RgbImage stored;
    switch (format) {
      case JPEG -> {
        ImageHeader header = checked(ImageHeader.ofJpeg(file));
        orientation = header.orientation();
        if (JpegData.isDamaged(file)) {
          throw new ImageException(
              Reason.CORRUPT, "a part of the JPEG's data is missing or damaged");
        }
        stored = codec.decodeJpeg(file);
      }
      case PNG -> {
        ImageHeader header = checked(ImageHeader.ofPng(file));
        orientation = header.orientation();
        stored = codec.decodePng(file);
      }
      default -> {
        orientation =
            switch (format) {
              case WEBP -> ImageHeader.orientationOfWebp(file);
              case TIFF -> Orientation.ofExif(file, 0);
              default -> Orientation.UPRIGHT;
            };
        stored =
            ImageIoCodec.decode(
                file, format, (width, height) -> checked(new ImageHeader(width, height, 1)));
      }
    }
    return new DecodedImage(
        orient ? Orientation.apply(orientation, stored) : stored, format, orientation);
  }

  private ImageHeader checked(ImageHeader header) throws ImageException {
    if (header.width() < 1 || header.height() < 1) {
      throw new ImageException(
          Reason.CORRUPT,
          String.format(
              Locale.ROOT, "the header states a size of %d x %d", header.width(), header.height()));
    }
    if ((long) header.width() * header.height() > limits.maxPixels()) {
      throw new ImageException(
          Reason.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%d x %d pixels are more than %,d",
              header.width(),
              header.height(),
              limits.maxPixels()));
    }
    return header;
  }

  @Override
  public void close() {
    codec.close();
  }
}
