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
  /** A pixel in TensorFlow's tensor and in ours. */
  private static final int TENSORFLOW_BYTES = 3 + 3;

  /** A pixel in ImageIO's raster, in ours, and on a canvas or turned. */
  private static final int IMAGE_IO_BYTES = 4 + 3 + 3;

  /**
   * TensorFlow's codecs are libjpeg's and libpng's, which end: smaller pictures take them too
   * little time to be worth another thread.
   */
  private static final long WORTH_A_CLOCK = 4_000_000;

  private final DecodeLimits limits;
  private final DecodeClock clock;
  private final boolean orient;
  private final TensorFlowCodec codec = new TensorFlowCodec();

  /**
   * @param orient whether the EXIF orientation is applied, so that the picture is upright
   */
  public ImageDecoder(DecodeLimits limits, boolean orient) {
    this.limits = limits;
    this.clock = new DecodeClock(limits.maxTime());
    this.orient = orient;
  }

  /** What is done with a picture while its memory is accounted for. */
  @FunctionalInterface
  public interface Work<T> {
    T on(DecodedImage picture);
  }

  /**
   * The picture in a file, for who keeps few of them.
   *
   * @throws ImageException with the reason and a sentence, for whatever keeps the file from being a
   *     picture
   */
  public DecodedImage decode(byte[] file) throws ImageException {
    return decode(file, picture -> picture);
  }

  /**
   * Decodes a file and hands the picture over. Waits until there is memory for it beside the
   * pictures that other threads work on; its share is free again when the work returns, which is
   * not to keep it.
   *
   * @throws ImageException as above; nothing that the work or the program itself throws is taken
   *     for the file's fault
   */
  public <T> T decode(byte[] file, Work<T> work) throws ImageException {
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
    try (DecodeBudget.Share share = DecodeBudget.OF_THE_HEAP.open()) {
      DecodedImage picture;
      try {
        picture = decode(file, format, share);
      } catch (OutOfMemoryError e) {
        // Of the program's own copies; nothing is kept of them.
        throw ForeignDecoder.tooLarge(format, e);
      }
      return work.on(picture);
    }
  }

  private DecodedImage decode(byte[] file, ImageFormat format, DecodeBudget.Share share)
      throws ImageException {
    switch (format) {
      case JPEG -> {
        ImageHeader header = checked(ImageHeader.ofJpeg(file), TENSORFLOW_BYTES, share);
        int orientation = header.orientation();
        RgbImage picture =
            timed(format, header, () -> codec.decodeJpeg(file, applied(orientation)));
        boolean turned = applied(orientation) != Orientation.UPRIGHT;
        if (JpegData.isSuspect(file, picture, turned) && JpegData.isDamaged(file)) {
          throw new ImageException(
              Reason.CORRUPT, "a part of the JPEG's data is missing or damaged");
        }
        return new DecodedImage(picture, format, orientation);
      }
      case PNG -> {
        ImageHeader header = checked(ImageHeader.ofPng(file), TENSORFLOW_BYTES, share);
        int orientation = header.orientation();
        RgbImage picture = timed(format, header, () -> codec.decodePng(file, applied(orientation)));
        return new DecodedImage(picture, format, orientation);
      }
      default -> {
        int orientation =
            switch (format) {
              case WEBP -> ImageHeader.orientationOfWebp(file);
              case TIFF -> Orientation.ofExif(file, 0);
              default -> Orientation.UPRIGHT;
            };
        RgbImage stored =
            clock.within(
                format,
                () ->
                    ImageIoCodec.decode(
                        file,
                        format,
                        (width, height) ->
                            checked(new ImageHeader(width, height, 1), IMAGE_IO_BYTES, share)));
        return new DecodedImage(
            Orientation.apply(applied(orientation), stored), format, orientation);
      }
    }
  }

  private RgbImage timed(
      ImageFormat format, ImageHeader header, DecodeClock.Decoding<RgbImage> decoding)
      throws ImageException {
    return (long) header.width() * header.height() < WORTH_A_CLOCK
        ? decoding.decode()
        : clock.within(format, decoding);
  }

  private int applied(int orientation) {
    return orient ? orientation : Orientation.UPRIGHT;
  }

  private ImageHeader checked(ImageHeader header, int bytesPerPixel, DecodeBudget.Share share)
      throws ImageException {
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
    share.take((long) bytesPerPixel * header.width() * header.height());
    return header;
  }

  @Override
  public void close() {
    // Closing waits for whoever still uses the codec, who may never end.
    if (!clock.hasLeft()) {
      codec.close();
    }
  }
}
