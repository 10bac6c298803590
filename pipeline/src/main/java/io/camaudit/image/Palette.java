package io.camaudit.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * 256 colours for a picture by median cut (Heckbert 1982) over its colours of 5 bits a channel: the
 * box with the greatest count times extent is cut at its median along its longest side, and each
 * box becomes its mean. Rounding errors are handed on to neighbours (Floyd and Steinberg 1976), so
 * that skies have no bands. The same picture always gives the same colours.
 */
final class Palette {
  private static final int COLOURS = 256;
  private static final int LEVELS = 32;

  private final int[] colours;

  /** Nearest colour of each of the 32³ cells, found when asked for; −1 before. */
  private final short[] nearest = new short[LEVELS * LEVELS * LEVELS];

  Palette(RgbImage picture) {
    int[] counts = new int[nearest.length];
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      counts[cell(rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff)]++;
    }
    List<Box> boxes = new ArrayList<>();
    boxes.add(Box.of(counts));
    while (boxes.size() < COLOURS) {
      int widest = 0;
      for (int i = 1; i < boxes.size(); i++) {
        widest = boxes.get(i).weight > boxes.get(widest).weight ? i : widest;
      }
      if (boxes.get(widest).weight == 0) {
        break;
      }
      Box cut = boxes.get(widest);
      boxes.set(widest, cut.half(counts, false));
      boxes.add(cut.half(counts, true));
    }
    this.colours = boxes.stream().mapToInt(box -> box.mean(counts)).toArray();
    Arrays.fill(nearest, (short) -1);
  }

  /** The picture in these colours. */
  BufferedImage indexed(RgbImage picture) {
    int width = picture.width();
    byte[] rgb = picture.rgb();
    byte[] indices = new byte[width * picture.height()];
    // Sixteenths of a level that the pixels of this row and the next still owe, one spare each
    // side.
    int[] now = new int[3 * (width + 2)];
    int[] next = new int[3 * (width + 2)];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        int owed = 3 * (x + 1);
        int red = level(rgb[at] & 0xff, now[owed]);
        int green = level(rgb[at + 1] & 0xff, now[owed + 1]);
        int blue = level(rgb[at + 2] & 0xff, now[owed + 2]);
        int index = index(red, green, blue);
        indices[y * width + x] = (byte) index;
        int colour = colours[index];
        spread(now, next, owed, red - (colour >> 16));
        spread(now, next, owed + 1, green - (colour >> 8 & 0xff));
        spread(now, next, owed + 2, blue - (colour & 0xff));
      }
      int[] done = now;
      now = next;
      next = done;
      Arrays.fill(next, 0);
    }
    BufferedImage image =
        new BufferedImage(width, picture.height(), BufferedImage.TYPE_BYTE_INDEXED, model());
    image.getRaster().setDataElements(0, 0, width, picture.height(), indices);
    return image;
  }

  private static void spread(int[] now, int[] next, int at, int error) {
    now[at + 3] += 7 * error;
    next[at - 3] += 3 * error;
    next[at] += 5 * error;
    next[at + 3] += error;
  }

  private static int level(int sample, int owed) {
    return Math.min(255, Math.max(0, sample + Math.floorDiv(owed + 8, 16)));
  }

  private int index(int red, int green, int blue) {
    int cell = cell(red, green, blue);
    if (nearest[cell] < 0) {
      int best = 0;
      int least = Integer.MAX_VALUE;
      for (int i = 0; i < colours.length; i++) {
        int dr = middle(red >> 3) - (colours[i] >> 16);
        int dg = middle(green >> 3) - (colours[i] >> 8 & 0xff);
        int db = middle(blue >> 3) - (colours[i] & 0xff);
        int distance = dr * dr + dg * dg + db * db;
        if (distance < least) {
          least = distance;
          best = i;
        }
      }
      nearest[cell] = (short) best;
    }
    return nearest[cell];
  }

  private IndexColorModel model() {
    byte[] red = new byte[colours.length];
    byte[] green = new byte[colours.length];
    byte[] blue = new byte[colours.length];
    for (int i = 0; i < colours.length; i++) {
      red[i] = (byte) (colours[i] >> 16);
      green[i] = (byte) (colours[i] >> 8);
      blue[i] = (byte) colours[i];
    }
    return new IndexColorModel(8, colours.length, red, green, blue);
  }

  /** What a channel's level of 5 bits stands for; black and white stay what they are. */
  private static int middle(int level) {
    return level << 3 | level >> 2;
  }

  private static int cell(int red, int green, int blue) {
    return (red >> 3) * LEVELS * LEVELS + (green >> 3) * LEVELS + (blue >> 3);
  }

  /** Cells from {@code low} to {@code high}, inclusive, by channel, shrunk to those that occur. */
  private record Box(int[] low, int[] high, long weight) {
    static Box of(int[] counts) {
      return shrunk(counts, new int[3], new int[] {LEVELS - 1, LEVELS - 1, LEVELS - 1});
    }

    private static Box shrunk(int[] counts, int[] low, int[] high) {
      int[] from = {LEVELS, LEVELS, LEVELS};
      int[] to = {-1, -1, -1};
      long pixels = 0;
      for (int r = low[0]; r <= high[0]; r++) {
        for (int g = low[1]; g <= high[1]; g++) {
          for (int b = low[2]; b <= high[2]; b++) {
            int count = counts[r * LEVELS * LEVELS + g * LEVELS + b];
            if (count > 0) {
              pixels += count;
              int[] at = {r, g, b};
              for (int channel = 0; channel < 3; channel++) {
                from[channel] = Math.min(from[channel], at[channel]);
                to[channel] = Math.max(to[channel], at[channel]);
              }
            }
          }
        }
      }
      long extent = 0;
      for (int channel = 0; channel < 3; channel++) {
        extent = Math.max(extent, to[channel] - from[channel]);
      }
      return new Box(from, to, extent * pixels);
    }

    /** The part below the median along the longest side, or the part above. */
    Box half(int[] counts, boolean upper) {
      int side = 0;
      for (int channel = 1; channel < 3; channel++) {
        side = high[channel] - low[channel] > high[side] - low[side] ? channel : side;
      }
      long[] slices = new long[LEVELS];
      long all = 0;
      for (int r = low[0]; r <= high[0]; r++) {
        for (int g = low[1]; g <= high[1]; g++) {
          for (int b = low[2]; b <= high[2]; b++) {
            int count = counts[r * LEVELS * LEVELS + g * LEVELS + b];
            slices[side == 0 ? r : side == 1 ? g : b] += count;
            all += count;
          }
        }
      }
      int cut = low[side];
      long below = slices[cut];
      while (cut + 1 < high[side] && 2 * below < all) {
        below += slices[++cut];
      }
      int[] from = low.clone();
      int[] to = high.clone();
      if (upper) {
        from[side] = cut + 1;
      } else {
        to[side] = cut;
      }
      return shrunk(counts, from, to);
    }

    int mean(int[] counts) {
      long pixels = 0;
      long[] sums = new long[3];
      for (int r = low[0]; r <= high[0]; r++) {
        for (int g = low[1]; g <= high[1]; g++) {
          for (int b = low[2]; b <= high[2]; b++) {
            long count = counts[r * LEVELS * LEVELS + g * LEVELS + b];
            pixels += count;
            sums[0] += count * middle(r);
            sums[1] += count * middle(g);
            sums[2] += count * middle(b);
          }
        }
      }
      int red = (int) (sums[0] / pixels);
      int green = (int) (sums[1] / pixels);
      int blue = (int) (sums[2] / pixels);
      return red << 16 | green << 8 | blue;
    }
  }
}
