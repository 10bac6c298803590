package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** BMP, GIF, WebP and TIFF through ImageIO's plug-ins. Never touches the disk. */
final class ImageIoCodec {
  /** Looking a plug-in up walks over all of them, so it is done once a format. */
  private static final Map<ImageFormat, ImageReaderSpi> PLUG_INS = new ConcurrentHashMap<>();

  private ImageIoCodec() {}

  /** Refuses sizes that are too large, before anything is decoded. */
  interface SizeCheck {
    void check(int width, int height) throws ImageException;
  }

  static RgbImage decode(byte[] file, ImageFormat format, SizeCheck size) throws ImageException {
    ImageReader reader = reader(format);
    try (ImageInputStream in = new EndingStream(file)) {
      reader.setInput(in, true, true);
      size.check(reader.getWidth(0), reader.getHeight(0));
      return rgb(reader.read(0));
    } catch (IIOException e) {
      Reason reason = isUnsupported(e) ? Reason.UNSUPPORTED : Reason.CORRUPT;
      throw new ImageException(
          reason,
          reason == Reason.CORRUPT
              ? "the %s is broken or cut off".formatted(format.displayName())
              : "this kind of %s is not decoded".formatted(format.displayName()),
          e);
    } catch (IOException e) {
      throw new ImageException(
          Reason.CORRUPT, "the %s is broken or cut off".formatted(format.displayName()), e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(ImageFormat format) {
    ImageReaderSpi plugIn =
        PLUG_INS.computeIfAbsent(
            format,
            wanted -> {
              Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(wanted.name());
              return readers.next().getOriginatingProvider();
            });
    try {
      return plugIn.createReaderInstance();
    } catch (IOException e) {
      throw new IllegalStateException("no reader for " + format, e);
    }
  }

  private static boolean isUnsupported(IIOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
    return message.contains("unsupported") || message.contains("not supported");
  }

  /**
   * 8-bit RGB. Samples are taken as they are stored: BufferedImage.getRGB would brighten grey ones.
   */
  private static RgbImage rgb(BufferedImage image) throws ImageException {
    int type = image.getRaster().getTransferType();
    boolean indexed = image.getColorModel() instanceof IndexColorModel;
    boolean wide =
        type == DataBuffer.TYPE_USHORT && image.getColorModel().getComponentSize(0) == 16;
    if (type != DataBuffer.TYPE_BYTE
        && type != DataBuffer.TYPE_INT
        && type != DataBuffer.TYPE_USHORT) {
      throw new ImageException(
          Reason.UNSUPPORTED, "samples that are no integers of 8 or 16 bits are not decoded");
    }
    int space = image.getColorModel().getColorSpace().getType();
    if (!indexed && space == ColorSpace.TYPE_GRAY) {
      return fromRaster(image.getRaster(), new int[] {0, 0, 0}, wide ? 8 : 0);
    }
    if (!indexed && wide && space == ColorSpace.TYPE_RGB) {
      return fromRaster(image.getRaster(), new int[] {0, 1, 2}, 8);
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        rgb[out++] = (byte) (pixel >> 16);
        rgb[out++] = (byte) (pixel >> 8);
        rgb[out++] = (byte) pixel;
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static RgbImage fromRaster(Raster raster, int[] bands, int shift) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    int[] row = new int[width];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, bands[channel], row);
        int out = 3 * y * width + channel;
        for (int x = 0; x < width; x++, out += 3) {
          rgb[out] = (byte) (row[x] >> shift);
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * A file's bytes, a few zeros, and then an error. TwelveMonkeys' WebP reader looks eight bytes
   * ahead and takes what lies beyond the end for zeros: a cut file that claims many pixels kept it
   * busy for minutes. The zeros let the last symbols of an intact file be looked up.
   */
  private static final class EndingStream extends MemoryCacheImageInputStream {
    private static final int ZEROS = 16;
    private static final int READS_BEYOND = 64;

    private int readsBeyond;

    EndingStream(byte[] file) {
      super(
          new SequenceInputStream(
              new ByteArrayInputStream(file), new ByteArrayInputStream(new byte[ZEROS])));
    }

    @Override
    public int read() throws IOException {
      return counted(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return counted(super.read(bytes, offset, length));
    }

    private int counted(int read) throws IIOException {
      if (read < 0 && ++readsBeyond > READS_BEYOND) {
        throw new IIOException("the file ends too early");
      }
      return read;
    }
  }
}
