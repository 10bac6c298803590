package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** BMP, GIF, WebP and TIFF through ImageIO's plug-ins. */
final class ImageIoCodec {
  /** Looking a plug-in up walks over all of them, so it is done once a format. */
  private static final Map<ImageFormat, ImageReaderSpi> PLUG_INS = new ConcurrentHashMap<>();

  private static final String GIF_METADATA = "javax_imageio_gif_image_1.0";

  private ImageIoCodec() {}

  /** Refuses sizes that are too large, before anything is decoded. */
  interface SizeCheck {
    void check(int width, int height) throws ImageException;
  }

  static RgbImage decode(byte[] file, ImageFormat format, SizeCheck size) throws ImageException {
    if (format == ImageFormat.WEBP) {
      return decodeWebp(WebpFrame.first(file), size);
    }
    TiffDirectory tiff =
        format == ImageFormat.TIFF ? TiffDirectory.of(file) : new TiffDirectory(file, false);
    return decode(
        tiff.plain(),
        format,
        reader -> {
          if (format == ImageFormat.GIF) {
            return decodeGif(reader, file, size);
          }
          size.check(reader.getWidth(0), reader.getHeight(0));
          return rgb(reader.read(0), tiff.multiplied());
        });
  }

  /** What is done with an open plug-in. */
  private interface Reading {
    RgbImage read(ImageReader reader) throws ImageException, IOException;
  }

  private static RgbImage decode(byte[] file, ImageFormat format, Reading reading)
      throws ImageException {
    ImageReader reader = reader(format);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      return reading.read(reader);
    } catch (IOException | RuntimeException e) {
      // Plug-ins meet broken files with whatever they stumble over; the file is at fault, not the
      // run.
      if (isUnsupported(e)) {
        throw new ImageException(
            Reason.UNSUPPORTED,
            String.format(Locale.ROOT, "this kind of %s is not decoded", format.displayName()),
            e);
      }
      throw new ImageException(
          Reason.CORRUPT,
          String.format(Locale.ROOT, "the %s is broken or cut off", format.displayName()),
          e);
    } finally {
      reader.dispose();
    }
  }

  /** What the frame leaves free of an animation's canvas is black. */
  private static RgbImage decodeWebp(WebpFrame frame, SizeCheck size) throws ImageException {
    if (frame.width() > 0) {
      size.check(frame.width(), frame.height());
    }
    return decode(
        frame.still(),
        ImageFormat.WEBP,
        reader -> {
          int width = reader.getWidth(0);
          int height = reader.getHeight(0);
          size.check(width, height);
          if (frame.width() == 0) {
            return rgb(reader.read(0));
          }
          if (frame.left() + width > frame.width() || frame.top() + height > frame.height()) {
            throw new IIOException("the frame does not fit on the canvas");
          }
          Canvas canvas = new Canvas(frame.width(), frame.height(), 0);
          return canvas.with(rgb(reader.read(0)), frame.left(), frame.top());
        });
  }

  /**
   * What the frame leaves free of the canvas has the transparent colour, or if there is none the
   * palette's first, as Pillow has it.
   */
  private static RgbImage decodeGif(ImageReader reader, byte[] file, SizeCheck size)
      throws ImageException, IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    Node place =
        ((Element) reader.getImageMetadata(0).getAsTree(GIF_METADATA))
            .getElementsByTagName("ImageDescriptor")
            .item(0);
    int left = number(place, "imageLeftPosition");
    int top = number(place, "imageTopPosition");
    ByteBuffer screen = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int canvasWidth = Math.max(screen.getChar(6), left + width);
    int canvasHeight = Math.max(screen.getChar(8), top + height);
    size.check(canvasWidth, canvasHeight);
    BufferedImage frame = reader.read(0);
    RgbImage pixels = rgb(frame);
    if (canvasWidth == width && canvasHeight == height) {
      return pixels;
    }
    int background = 0;
    if (frame.getColorModel() instanceof IndexColorModel palette) {
      background = palette.getRGB(Math.max(0, palette.getTransparentPixel()));
    }
    return new Canvas(canvasWidth, canvasHeight, background).with(pixels, left, top);
  }

  private static int number(Node node, String attribute) {
    return Integer.parseInt(node.getAttributes().getNamedItem(attribute).getNodeValue());
  }

  /** The area that an animation's frames are drawn on, of one colour before the first. */
  private record Canvas(int width, int height, int background) {
    RgbImage with(RgbImage frame, int left, int top) {
      if (frame.width() == width && frame.height() == height) {
        return frame;
      }
      byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
      if ((background & 0xffffff) != 0) {
        for (int i = 0; i < rgb.length; i += 3) {
          rgb[i] = (byte) (background >> 16);
          rgb[i + 1] = (byte) (background >> 8);
          rgb[i + 2] = (byte) background;
        }
      }
      for (int y = 0; y < frame.height(); y++) {
        int to = 3 * ((top + y) * width + left);
        System.arraycopy(frame.rgb(), 3 * y * frame.width(), rgb, to, 3 * frame.width());
      }
      return new RgbImage(width, height, rgb);
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

  private static boolean isUnsupported(Exception e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("unsupported") || message.contains("not supported");
  }

  /**
   * 8-bit RGB. Samples are taken as they are stored: BufferedImage.getRGB would brighten grey ones
   * and apply a colour profile, which what models are trained with does not.
   */
  private static RgbImage rgb(BufferedImage image) throws ImageException {
    return rgb(image, false);
  }

  private static RgbImage rgb(BufferedImage image, boolean multiplied) throws ImageException {
    ColorModel colours = image.getColorModel();
    int type = image.getRaster().getTransferType();
    int bits = colours.getComponentSize(0);
    boolean integers =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_INT
            || type == DataBuffer.TYPE_USHORT;
    if (!integers || bits > 16) {
      throw new ImageException(
          Reason.UNSUPPORTED, "samples that are no integers of 8 or 16 bits are not decoded");
    }
    if (!(colours instanceof IndexColorModel) && (bits == 8 || bits == 16)) {
      int shift = bits - 8;
      switch (colours.getColorSpace().getType()) {
        case ColorSpace.TYPE_GRAY:
          return fromRaster(image.getRaster(), new int[] {0, 0, 0}, shift, multiplied);
        case ColorSpace.TYPE_RGB:
          return fromRaster(image.getRaster(), new int[] {0, 1, 2}, shift, multiplied);
        case ColorSpace.TYPE_CMYK:
          return fromCmyk(image.getRaster(), shift);
        default:
          break;
      }
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

  private static RgbImage fromRaster(Raster raster, int[] bands, int shift, boolean multiplied) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int alphaBand = raster.getNumBands() - 1;
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    int[] row = new int[width];
    int[] alpha = new int[width];
    for (int y = 0; y < height; y++) {
      if (multiplied) {
        raster.getSamples(0, y, width, 1, alphaBand, alpha);
      }
      for (int channel = 0; channel < 3; channel++) {
        raster.getSamples(0, y, width, 1, bands[channel], row);
        int out = 3 * y * width + channel;
        for (int x = 0; x < width; x++, out += 3) {
          int sample = row[x] >> shift;
          rgb[out] = (byte) (multiplied ? divided(sample, alpha[x] >> shift) : sample);
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /** A sample that was stored multiplied by its alpha. */
  private static int divided(int sample, int alpha) {
    return alpha == 0 ? 0 : Math.min(255, sample * 255 / alpha);
  }

  /** Ink laid over ink, without a profile: red is what cyan and black leave of white. */
  private static RgbImage fromCmyk(Raster raster, int shift) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    int[] row = new int[width];
    int[] black = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 3, black);
      for (int channel = 0; channel < 3; channel++) {
        raster.getSamples(0, y, width, 1, channel, row);
        int out = 3 * y * width + channel;
        for (int x = 0; x < width; x++, out += 3) {
          int left = (255 - (row[x] >> shift)) * (255 - (black[x] >> shift));
          rgb[out] = (byte) ((2 * left + 255) / 510);
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
