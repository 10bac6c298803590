package io.camaudit.region;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A mask image. With a palette of more than two colours that are not all grey, each index but 0 is
 * a category: VOC's class names if the palette is VOC's (whose 255, the border between objects, is
 * left out), else the index as text. Any other mask is binary: whatever is neither black nor
 * transparent is the region, of no category.
 *
 * @param name path in the folder, with forward slashes
 * @param valuesAreCategories whether the values of greyscale and two-colour masks are categories
 *     too, because a mapping names numbers
 */
record MaskFile(String name, String file, boolean valuesAreCategories) implements AnnotatedImage {
  private static final long MAX_PIXELS = 50_000_000;

  @Override
  public Read read() {
    BufferedImage image = decode();
    int width = image.getWidth();
    int height = image.getHeight();
    VocPalette palette = VocPalette.of(image.getColorModel());
    boolean categories = palette.hasCategories() || (valuesAreCategories && isSingle(image));
    int[] values = categories ? samples(image) : inside(image);
    List<Annotation> annotations = new ArrayList<>();
    for (int value : Arrays.stream(values).filter(v -> v > 0).distinct().sorted().toArray()) {
      if (!palette.isVoid(value)) {
        annotations.add(
            new Annotation(
                categories ? new Category(Integer.toString(value), palette.name(value)) : null,
                new Runs(width, height, runs(values, width, height, value))));
      }
    }
    return new Read(name, width, height, annotations);
  }

  private BufferedImage decode() {
    try (ImageInputStream in = ImageIO.createImageInputStream(new File(file))) {
      if (in == null) {
        throw Place.error(file + ": the mask cannot be opened.");
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw Place.error(file + ": the mask is no picture of a format that can be read.");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MAX_PIXELS) {
          throw Place.error(
              "%s: the mask has %d x %d pixels, at most %d million are read."
                  .formatted(
                      file, reader.getWidth(0), reader.getHeight(0), MAX_PIXELS / 1_000_000));
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      if (e instanceof IOException io && !new File(file).canRead()) {
        throw Place.unreadable(Path.of(file), io);
      }
      throw Place.error("%s: the mask cannot be decoded: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean isSingle(BufferedImage image) {
    return image.getRaster().getNumBands() == 1;
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }

  /** 1 where the mask is neither black nor transparent, else 0. */
  private static int[] inside(BufferedImage image) {
    int[] inside = new int[image.getWidth() * image.getHeight()];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      int[] indices = samples(image);
      for (int i = 0; i < inside.length; i++) {
        boolean black = (palette.getRGB(indices[i]) & 0xFFFFFF) == 0;
        inside[i] = black || palette.getAlpha(indices[i]) == 0 ? 0 : 1;
      }
      return inside;
    }
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean alpha = image.getColorModel().hasAlpha();
    int[] row = new int[image.getWidth() * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int x = 0; x < image.getWidth(); x++) {
        boolean coloured = false;
        for (int band = 0; band < (alpha ? bands - 1 : bands); band++) {
          coloured |= row[x * bands + band] != 0;
        }
        boolean seen = !alpha || row[x * bands + bands - 1] != 0;
        inside[y * image.getWidth() + x] = coloured && seen ? 1 : 0;
      }
    }
    return inside;
  }

  private static int[] runs(int[] values, int width, int height, int wanted) {
    int[] counts = new int[16];
    int n = 0;
    boolean inside = false;
    int length = 0;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        if ((values[y * width + x] == wanted) != inside) {
          if (n + 1 == counts.length) {
            counts = Arrays.copyOf(counts, 2 * n + 2);
          }
          counts[n++] = length;
          length = 0;
          inside = !inside;
        }
        length++;
      }
    }
    counts[n++] = length;
    return Arrays.copyOf(counts, n);
  }
}
