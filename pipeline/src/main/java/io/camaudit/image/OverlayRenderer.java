package io.camaudit.image;

import io.camaudit.savedmodel.Placement;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Draws a heatmap over a photograph in any {@link Look}. The default's is drawn in one go: the map
 * after ReLU, divided by its maximum, upsampled bilinearly to the photograph's size and blended as
 * {@code (1 − alpha) · photograph + alpha · colour}. What lies outside the model's input stays as
 * it is. A map with nothing positive is drawn as zero everywhere. Immutable, so safe for any number
 * of threads.
 */
public final class OverlayRenderer {
  private static final int ONE = 256;
  private static final VarHandle PIXEL =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int longestSide;
  private final Look look;

  /** Weight of the photograph, of 256. */
  private final int photoWeight;

  /**
   * The colours times their weight, of 256, with the half that rounds: red in the lower and blue in
   * the upper 16 bits, so that one multiplication and one addition blend both.
   */
  private final int[] weightedRedBlue = new int[Colormap.ENTRIES];

  /** Green likewise, in the middle 16 bits. */
  private final int[] weightedGreen = new int[Colormap.ENTRIES];

  public OverlayRenderer(OverlayStyle style) {
    this.longestSide = style.longestSide();
    this.look = style.look();
    int colourWeight = (int) Math.round(look.alpha() * ONE);
    this.photoWeight = ONE - colourWeight;
    byte[] table = look.colormap().table();
    for (int i = 0; i < Colormap.ENTRIES; i++) {
      int red = (table[3 * i] & 0xff) * colourWeight + ONE / 2;
      int green = (table[3 * i + 1] & 0xff) * colourWeight + ONE / 2;
      int blue = (table[3 * i + 2] & 0xff) * colourWeight + ONE / 2;
      weightedRedBlue[i] = red | blue << 16;
      weightedGreen[i] = green << 8;
    }
  }

  /**
   * The photograph at the size that overlays have: scaled down to the style's longest side, never
   * up.
   */
  public RgbImage scaleDown(RgbImage photo) {
    int longer = Math.max(photo.width(), photo.height());
    if (longestSide == OverlayStyle.ORIGINAL_SIZE || longer <= longestSide) {
      return photo;
    }
    double factor = (double) longestSide / longer;
    int width = Math.max(1, (int) Math.round(photo.width() * factor));
    int height = Math.max(1, (int) Math.round(photo.height() * factor));
    return AreaScaling.scale(photo, width, height);
  }

  /**
   * The overlay, of the photograph's size.
   *
   * @param placement of the model's input on this photograph
   */
  public RgbImage render(RgbImage photo, SaliencyMap map, Placement placement) {
    if (!look.isPlain()) {
      Heat heat = Heat.of(look, map, photo.width(), photo.height(), placement);
      return new Blend(look).over(photo, heat);
    }
    int width = photo.width();
    Upsampling columns = Upsampling.columns(width, map, placement);
    Upsampling rows = Upsampling.rows(photo.height(), map, placement);
    float[] normal = normalised(map, Colormap.ENTRIES - 1);
    float[] line = new float[map.width() + 1];
    byte[] from = photo.rgb();
    byte[] to = new byte[from.length];
    for (int y = 0; y < photo.height(); y++) {
      int start = 3 * y * width;
      if (rows.cell()[y] < 0) {
        System.arraycopy(from, start, to, start, 3 * width);
        continue;
      }
      blendCells(normal, map, rows.cell()[y], rows.share()[y], line);
      for (int x = 0; x < width; ) {
        int cell = columns.cell()[x];
        int end = columns.runEnd()[x];
        if (cell < 0) {
          System.arraycopy(from, start + 3 * x, to, start + 3 * x, 3 * (end - x));
        } else {
          blend(from, to, start, x, end, columns.share(), line[cell], line[cell + 1]);
        }
        x = end;
      }
    }
    return new RgbImage(width, photo.height(), to);
  }

  /**
   * Blends the pixels of one row that lie between the same two cells. A pixel is read and written
   * as four bytes, of which the fourth is the next pixel's and comes right with that.
   */
  private void blend(
      byte[] from, byte[] to, int start, int x, int end, float[] share, float left, float right) {
    float step = right - left;
    int at = start + 3 * x;
    for (int last = to.length - Integer.BYTES; x < end && at <= last; x++, at += 3) {
      int blended = blended((int) PIXEL.get(from, at), (int) (left + share[x] * step + 0.5f));
      PIXEL.set(to, at, blended);
    }
    if (x < end) {
      // The last pixel of all, which no byte follows.
      int pixel = from[at] & 0xff | (from[at + 1] & 0xff) << 8 | (from[at + 2] & 0xff) << 16;
      int blended = blended(pixel, (int) (left + share[x] * step + 0.5f));
      to[at] = (byte) blended;
      to[at + 1] = (byte) (blended >> 8);
      to[at + 2] = (byte) (blended >> 16);
    }
  }

  /** A pixel with red in its lowest byte, blended with a colour; the fourth byte is lost. */
  private int blended(int pixel, int colour) {
    int redBlue = (pixel & 0xff00ff) * photoWeight + weightedRedBlue[colour];
    int green = (pixel & 0xff00) * photoWeight + weightedGreen[colour];
    return redBlue >>> 8 & 0xff00ff | green >>> 8 & 0xff00;
  }

  /**
   * The map as it is drawn: after ReLU, divided by its maximum, at a picture's size, 0 to 1; 0
   * outside the model's input.
   *
   * @return {@code [height][width]} flat
   */
  public static float[] upsample(SaliencyMap map, int width, int height, Placement placement) {
    Upsampling columns = Upsampling.columns(width, map, placement);
    Upsampling rows = Upsampling.rows(height, map, placement);
    float[] normal = normalised(map, 1);
    float[] line = new float[map.width() + 1];
    float[] upsampled = new float[width * height];
    for (int y = 0; y < height; y++) {
      if (rows.cell()[y] < 0) {
        continue;
      }
      blendCells(normal, map, rows.cell()[y], rows.share()[y], line);
      for (int x = 0; x < width; x++) {
        int cell = columns.cell()[x];
        if (cell >= 0) {
          upsampled[y * width + x] =
              line[cell] + columns.share()[x] * (line[cell + 1] - line[cell]);
        }
      }
    }
    return upsampled;
  }

  /** One row of the map between two rows of cells; the last value stands once more at the end. */
  private static void blendCells(
      float[] cells, SaliencyMap map, int row, float share, float[] line) {
    int width = map.width();
    int upper = row * width;
    int lower = Math.min(row + 1, map.height() - 1) * width;
    for (int i = 0; i < width; i++) {
      line[i] = cells[upper + i] + share * (cells[lower + i] - cells[upper + i]);
    }
    line[width] = line[width - 1];
  }

  /** After ReLU, scaled so that the maximum is {@code top}; all zero if nothing is positive. */
  private static float[] normalised(SaliencyMap map, float top) {
    float max = 0;
    for (float value : map.values()) {
      max = Math.max(max, value);
    }
    float[] normal = new float[map.values().length];
    if (max > 0) {
      for (int i = 0; i < normal.length; i++) {
        normal[i] = Math.max(0, map.values()[i]) / max * top;
      }
    }
    return normal;
  }
}
