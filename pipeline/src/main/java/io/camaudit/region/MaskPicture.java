package io.camaudit.region;

import io.camaudit.image.ImageException;
import io.camaudit.image.StoredPicture;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A mask's pixels.
 *
 * @param values row by row: what {@code form} says
 * @param white the greatest value that the picture's form can hold; of colours, white
 * @param palette what a palette says about its indices
 * @param colours of a palette's indices, else null
 */
record MaskPicture(
    int width, int height, int[] values, Form form, int white, VocPalette palette, int[] colours) {
  private static final long MAX_PIXELS = 50_000_000;
  private static final long MAX_BYTES = 256L << 20;

  /** More things than a picture has. */
  private static final int MOST_VALUES = 1024;

  /** From so many values on it is asked whether they lie in patches. */
  private static final int MANY_VALUES = 64;

  /** What a pixel's value is. */
  enum Form {
    /** Grey, as stored; of 1 to 4 bits and of palettes of shades the index. */
    GREY,
    /** An index into a palette of colours. */
    INDEX,
    /** 0xRRGGBB. */
    COLOUR,
    /** 1 where a photograph cut out of its background is opaque. */
    CUT_OUT
  }

  /** Whether there are many values and they do not lie in patches, as the values of masks do. */
  boolean isPhotograph() {
    Map<Integer, Long> histogram = histogram();
    if (histogram != null && histogram.size() <= MANY_VALUES) {
      return false;
    }
    long same = 0;
    long pairs = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 1; x < width; x++) {
        pairs++;
        same += values[y * width + x] == values[y * width + x - 1] ? 1 : 0;
      }
    }
    return histogram == null || same * 4 < pairs * 3;
  }

  /** Whether a colour picture holds shades of grey only. */
  boolean isShades() {
    return Arrays.stream(values).allMatch(MaskPicture::isShade);
  }

  private static boolean isShade(int rgb) {
    return (rgb & 0xFF) == (rgb >> 8 & 0xFF) && (rgb & 0xFF) == (rgb >> 16 & 0xFF);
  }

  /** The same with the shades as grey values. */
  MaskPicture asGrey() {
    int[] grey = Arrays.stream(values).map(rgb -> rgb & 0xFF).toArray();
    return new MaskPicture(width, height, grey, Form.GREY, 255, palette, null);
  }

  /** How often each value occurs; null for more than any mask has. */
  Map<Integer, Long> histogram() {
    Map<Integer, long[]> counts = new HashMap<>();
    int last = 0;
    long[] lastCount = null;
    for (int value : values) {
      if (lastCount == null || value != last) {
        last = value;
        lastCount = counts.computeIfAbsent(value, key -> new long[1]);
        if (counts.size() > MOST_VALUES) {
          return null;
        }
      }
      lastCount[0]++;
    }
    Map<Integer, Long> histogram = new HashMap<>();
    counts.forEach((value, count) -> histogram.put(value, count[0]));
    return histogram;
  }

  /**
   * Decodes a file.
   *
   * @throws io.camaudit.UserException if it is no picture that can be decoded
   */
  static MaskPicture read(String file) {
    Path path = Path.of(file);
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw Place.error(file + ": the mask's file is longer than " + (MAX_BYTES >> 20) + " MiB.");
      }
      return of(StoredPicture.read(Files.readAllBytes(path), MAX_PIXELS));
    } catch (IOException e) {
      throw Place.unreadable(path, e);
    } catch (BadValue e) {
      throw Place.error(file + ": the mask cannot be decoded: " + e.getMessage() + ".", e);
    } catch (ImageException e) {
      throw Place.error(
          e.reason() == ImageException.Reason.NOT_AN_IMAGE
              ? file + ": the mask is no picture of a format that can be read."
              : file + ": the mask cannot be decoded: " + e.getMessage() + ".",
          e);
    }
  }

  static MaskPicture of(BufferedImage image) {
    VocPalette palette = VocPalette.of(image.getColorModel());
    if (image.getColorModel() instanceof IndexColorModel indexed) {
      return indexed(image, indexed, palette);
    }
    int bands = image.getRaster().getNumBands();
    int bits = image.getColorModel().getComponentSize(0);
    if (bands == 1) {
      return new MaskPicture(
          image.getWidth(), image.getHeight(), samples(image), Form.GREY, max(bits), palette, null);
    }
    return coloured(image, bits, palette);
  }

  private static MaskPicture indexed(
      BufferedImage image, IndexColorModel model, VocPalette palette) {
    int[] indices = samples(image);
    int[] colours = new int[model.getMapSize()];
    model.getRGBs(colours);
    if (Arrays.stream(indices).anyMatch(index -> index >= colours.length)) {
      throw new BadValue("pixels have values that its palette does not have");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    if (palette.hasCategories()) {
      return new MaskPicture(width, height, indices, Form.INDEX, 0, palette, colours);
    }
    // A ramp of few shades from black is how readers show grey of 1 to 4 bits: the index is what
    // was stored. Any other order of shades is meant as it looks.
    boolean two = colours.length <= 2;
    boolean ramp = colours.length <= 16 && (colours[0] & 0xFFFFFF) == 0;
    for (int i = 0; i < indices.length; i++) {
      int colour = colours[indices[i]];
      boolean nothing = colour >>> 24 == 0 || (colour & 0xFFFFFF) == 0;
      if (two) {
        indices[i] = nothing ? 0 : 1;
      } else if (!ramp) {
        indices[i] = nothing ? 0 : colour & 0xFF;
      }
    }
    int white = two ? 1 : ramp ? colours.length - 1 : 255;
    return new MaskPicture(width, height, indices, Form.GREY, white, palette, null);
  }

  /** Two bands are grey and alpha, four are a colour and alpha; 16 bits are cut to 8. */
  private static MaskPicture coloured(BufferedImage image, int bits, VocPalette palette) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean alpha = image.getColorModel().hasAlpha();
    boolean grey = bands < 3;
    int[] values = new int[width * height];
    int[] opaque = new int[width * height];
    boolean transparent = false;
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        int value = grey ? row[at] : rgb(row, at, bits);
        int seen = alpha ? row[at + bands - 1] : max(bits);
        transparent |= seen == 0;
        opaque[y * width + x] = seen > max(bits) / 2 ? 1 : 0;
        values[y * width + x] = seen == 0 ? 0 : value;
      }
    }
    MaskPicture picture =
        new MaskPicture(
            width,
            height,
            values,
            grey ? Form.GREY : Form.COLOUR,
            grey ? max(bits) : 0xFFFFFF,
            palette,
            null);
    if (transparent && !grey && picture.isPhotograph()) {
      return new MaskPicture(width, height, opaque, Form.CUT_OUT, 1, palette, null);
    }
    return picture;
  }

  private static int rgb(int[] row, int at, int bits) {
    int rgb = 0;
    for (int band = 0; band < 3; band++) {
      int value = row[at + band];
      // A faint colour of 16 bits is not black.
      rgb = rgb << 8 | (bits <= 8 ? value : value == 0 ? 0 : Math.max(1, value >> bits - 8));
    }
    return rgb;
  }

  private static int max(int bits) {
    return bits >= 31 ? Integer.MAX_VALUE : (1 << bits) - 1;
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }
}
