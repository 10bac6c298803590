package io.camaudit.image;

/**
 * Turns pictures into files' bytes. The same picture always gives the same bytes. Thread-safe; its
 * owner closes it once no thread uses it.
 */
public final class ImageEncoder implements AutoCloseable {
  private final TensorFlowCodec codec = new TensorFlowCodec();

  /**
   * The bytes of a file.
   *
   * @param format JPEG is baseline, YCbCr with colour at half resolution (4:2:0); PNG is 8-bit RGB
   * @param quality of a JPEG, 1 to 100; PNG ignores it
   */
  public byte[] encode(RgbImage image, OverlayFormat format, int quality) {
    return switch (format) {
      case JPEG -> codec.encodeJpeg(image, quality);
      case PNG -> codec.encodePng(image);
    };
  }

  @Override
  public void close() {
    codec.close();
  }
}
