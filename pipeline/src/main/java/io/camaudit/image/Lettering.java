package io.camaudit.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * DejaVu Sans as pictures of its letters in two sizes, so that text looks the same on every
 * machine, also where there is no font at all. It has Latin, Greek and Cyrillic letters; see {@code
 * make_lettering.py}. Immutable.
 */
final class Lettering {
  /** For small pictures. */
  static final Lettering SMALL = new Lettering(1);

  /** For pictures of several hundred pixels. */
  static final Lettering LARGE = new Lettering(2);

  private static final String ELLIPSIS = "…";
  private static final int ROW = 32;
  private static final int INSET = 2;

  private final Map<Integer, Integer> places = new HashMap<>();
  private final int cellWidth;
  private final int cellHeight;
  private final int[] advances;
  private final Raster coverage;

  private Lettering(int line) {
    List<String> lines =
        new String(resource("lettering.txt"), StandardCharsets.UTF_8).lines().toList();
    lines.get(0).codePoints().forEach(letter -> places.put(letter, places.size()));
    int[] numbers = Arrays.stream(lines.get(line).split(" ")).mapToInt(Integer::parseInt).toArray();
    this.cellWidth = numbers[1];
    this.cellHeight = numbers[2];
    this.advances = Arrays.copyOfRange(numbers, 3, numbers.length);
    this.coverage = coverage("lettering-" + numbers[0] + ".png");
  }

  /** The size for a picture of this many pixels along its longer side. */
  static Lettering fitting(int side) {
    return side < 400 ? SMALL : LARGE;
  }

  /** Whether there are pictures of all of a text's letters. */
  static boolean has(String text) {
    return composed(text).codePoints().allMatch(SMALL.places::containsKey);
  }

  /** Height of a line, pixels. */
  int height() {
    return cellHeight;
  }

  /** Width of a text, pixels. */
  int width(String text) {
    return composed(text).codePoints().map(letter -> advances[place(letter)]).sum();
  }

  /** The text, or its beginning with an ellipsis where it is wider. */
  String shortened(String text, int width) {
    String whole = composed(text);
    if (width(whole) <= width) {
      return whole;
    }
    int end = whole.length();
    while (end > 0 && width(whole.substring(0, end).stripTrailing() + ELLIPSIS) > width) {
      end = whole.offsetByCodePoints(end, -1);
    }
    return whole.substring(0, end).stripTrailing() + ELLIPSIS;
  }

  /** Takes how much of a pixel is covered by ink, 0 to 255, where it is not 0. */
  interface Ink {
    void at(int x, int y, int covered);
  }

  /** Writes one line of text from its upper left corner. */
  void write(String text, int left, int top, Ink ink) {
    int x = left - INSET;
    for (int letter : composed(text).codePoints().toArray()) {
      int place = place(letter);
      int cellX = place % ROW * cellWidth;
      int cellY = place / ROW * cellHeight;
      for (int row = 0; row < cellHeight; row++) {
        for (int column = 0; column < cellWidth; column++) {
          int covered = coverage.getSample(cellX + column, cellY + row, 0);
          if (covered > 0) {
            ink.at(x + column, top + row, covered);
          }
        }
      }
      x += advances[place];
    }
  }

  /** Letters that there are no pictures of become question marks. */
  private int place(int letter) {
    return places.getOrDefault(letter, places.get((int) '?'));
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static Raster coverage(String name) {
    try {
      // Of memory only: ImageIO's own stream would write a file.
      MemoryCacheImageInputStream in =
          new MemoryCacheImageInputStream(new java.io.ByteArrayInputStream(resource(name)));
      return ImageIO.read(in).getRaster();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Lettering.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
