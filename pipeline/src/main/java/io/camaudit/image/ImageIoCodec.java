package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.w3c.dom.Node;

/** BMP, GIF, WebP and TIFF through ImageIO's plug-ins. */
final class ImageIoCodec {
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
    if (format == ImageFormat.TIFF) {
      return decodeTiff(TiffDirectory.of(file), size);
    }
    if (format == ImageFormat.BMP) {
      checkBmp(file, size);
    }
    try (PlugIn plugIn = PlugIn.open(format, file)) {
      if (format == ImageFormat.GIF) {
        return decodeGif(plugIn, file, size);
      }
      size.check(plugIn.width(), plugIn.height());
      return rgb(plugIn.pixels());
    }
  }

  private static RgbImage decodeTiff(TiffDirectory tiff, SizeCheck size) throws ImageException {
    try (PlugIn plugIn = PlugIn.open(ImageFormat.TIFF, tiff.plain())) {
      size.check(plugIn.width(), plugIn.height());
      if (tiff.jpeg()) {
        EmbeddedJpegs.check(tiff.plain(), size);
      }
      return rgb(plugIn.pixels(), tiff.multiplied());
    }
  }

  /**
   * Sizes that no array could hold are too large; the plug-in calls them broken. A BMP that keeps a
   * file of another format, for printers, states two sizes.
   */
  private static void checkBmp(byte[] file, SizeCheck size) throws ImageException {
    if (file.length < 34 || file[14] < 40) {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int compression = header.getInt(30);
    if (compression == 4 || compression == 5) {
      throw new ImageException(Reason.UNSUPPORTED, "a BMP around a JPEG or PNG is not decoded");
    }
    // A negative height is one of rows from the top.
    size.check(header.getInt(18), Math.abs(header.getInt(22)));
  }

  /** What the frame leaves free of an animation's canvas is black. */
  private static RgbImage decodeWebp(WebpFrame frame, SizeCheck size) throws ImageException {
    if (frame.width() > 0) {
      size.check(frame.width(), frame.height());
    }
    try (PlugIn plugIn = PlugIn.open(ImageFormat.WEBP, frame.still())) {
      int width = plugIn.width();
      int height = plugIn.height();
      size.check(width, height);
      if (frame.width() == 0) {
        return rgb(plugIn.pixels());
      }
      if (frame.left() + width > frame.width() || frame.top() + height > frame.height()) {
        throw new ImageException(
            Reason.CORRUPT, "the WebP's first frame does not fit on its canvas");
      }
      Canvas canvas = new Canvas(frame.width(), frame.height(), 0);
      return canvas.with(rgb(plugIn.pixels()), frame.left(), frame.top());
    }
  }

  /**
   * What the frame leaves free of the canvas has the transparent colour, or if there is none the
   * palette's first, as Pillow has it.
   */
  private static RgbImage decodeGif(PlugIn plugIn, byte[] file, SizeCheck size)
      throws ImageException {
    int width = plugIn.width();
    int height = plugIn.height();
    Node place = plugIn.metadata(GIF_METADATA, "ImageDescriptor");
    int left = number(place, "imageLeftPosition");
    int top = number(place, "imageTopPosition");
    ByteBuffer screen = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int canvasWidth = Math.max(screen.getChar(6), left + width);
    int canvasHeight = Math.max(screen.getChar(8), top + height);
    size.check(canvasWidth, canvasHeight);
    BufferedImage frame = plugIn.pixels();
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
