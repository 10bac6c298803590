package io.camaudit.measure;

import io.camaudit.image.RgbImage;
import io.camaudit.report.ImageProperties;

/**
 * Measures a picture on a grid of at most {@value #SIDE} x {@value #SIDE} of its own pixels, the
 * middle ones of equal parts, so that large pictures cost no more than small ones: the error of a
 * mean over {@value #SIDE}² pixels is a hundredth of the contrast.
 *
 * <p>With R, G, B from 0 to 255 and the luma Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, of the
 * samples as stored, not of linear light), over the grid's pixels: brightness is the mean of Y/255;
 * contrast its standard deviation (RMS contrast, Peli 1990, doi:10.1364/JOSAA.7.002032); warmth the
 * mean of (R − B)/255; tint the mean of (G − (R + B)/2)/255. Sharpness is √(mean of d²) / contrast,
 * where d are the differences of Y/255 to the next pixel on the right and to the one below, as far
 * as there are any: √(2(1 − ρ)) with ρ the correlation of neighbours, near 0 for a blurred picture
 * and √2 for noise, whatever the contrast.
 *
 * <p>Sums are of integers, so that results do not depend on the machine; they are rounded to {@code
 * 1e-6}.
 */
public final class PropertyMeasure {
  /** Most columns and rows of the grid. */
  static final int SIDE = 96;

  private static final double LUMA_UNITS = 255_000;

  private final RgbImage picture;
  private long red;
  private long green;
  private long blue;
  private long luma;
  private long squares;
  private long pixels;
  private long steps;
  private long stepSquares;

  private PropertyMeasure(RgbImage picture) {
    this.picture = picture;
  }

  /**
   * @param jpegQuality as the file states it; null for other formats
   */
  public static ImageProperties of(RgbImage picture, Integer jpegQuality) {
    PropertyMeasure measure = new PropertyMeasure(picture);
    measure.walk();
    return measure.result(jpegQuality);
  }

  private void walk() {
    int width = picture.width();
    int height = picture.height();
    int columns = Math.min(SIDE, width);
    int rows = Math.min(SIDE, height);
    int[] offsets = new int[columns];
    for (int i = 0; i < columns; i++) {
      offsets[i] = 3 * middle(i, columns, width);
    }
    for (int j = 0; j < rows; j++) {
      int y = middle(j, rows, height);
      int line = 3 * width * y;
      int next = y + 1 < height ? line + 3 * width : -1;
      for (int offset : offsets) {
        boolean right = offset + 3 < 3 * width;
        add(line + offset, right, next < 0 ? -1 : next + offset);
      }
    }
  }

  /** The middle pixel of the i-th of so many equal parts. */
  private static int middle(int i, int parts, int pixels) {
    return (int) ((2L * i + 1) * pixels / (2L * parts));
  }

  private void add(int at, boolean right, int below) {
    byte[] rgb = picture.rgb();
    red += rgb[at] & 0xff;
    green += rgb[at + 1] & 0xff;
    blue += rgb[at + 2] & 0xff;
    int here = luma(rgb, at);
    luma += here;
    squares += (long) here * here;
    pixels++;
    if (right) {
      step(here - luma(rgb, at + 3));
    }
    if (below >= 0) {
      step(here - luma(rgb, below));
    }
  }

  private void step(int difference) {
    steps++;
    stepSquares += (long) difference * difference;
  }

  /** In thousandths of a level. */
  private static int luma(byte[] rgb, int at) {
    return 299 * (rgb[at] & 0xff) + 587 * (rgb[at + 1] & 0xff) + 114 * (rgb[at + 2] & 0xff);
  }

  private ImageProperties result(Integer jpegQuality) {
    double n = pixels;
    // n²·variance: at most 9216² · 255000²/4, exact in 64 bits.
    long spread = Math.subtractExact(pixels * squares, luma * luma);
    double sd = Math.sqrt(spread) / n / LUMA_UNITS;
    Double sharpness =
        spread == 0 || steps == 0
            ? null
            : (Double) rounded(Math.sqrt((double) stepSquares / steps) / LUMA_UNITS / sd);
    return new ImageProperties(
        rounded(luma / n / LUMA_UNITS),
        rounded(sd),
        rounded((red - blue) / n / 255),
        rounded((2 * green - red - blue) / n / 510),
        sharpness,
        jpegQuality);
  }

  private static double rounded(double value) {
    // Adding 0 makes a zero of a negative zero.
    return Math.rint(value * 1e6) / 1e6 + 0.0;
  }
}
