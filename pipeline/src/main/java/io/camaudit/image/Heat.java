package io.camaudit.image;

import io.camaudit.savedmodel.Placement;
import java.util.Arrays;

/**
 * A map at a photograph's size, in colours.
 *
 * @param colours white outside the model's input
 * @param columns whether a column lies inside the model's input
 * @param rows likewise
 * @param low the map's value that the lower end of the colour scale stands for
 * @param high likewise, upper
 */
record Heat(RgbImage colours, boolean[] columns, boolean[] rows, float low, float high) {
  private static final float EPSILON = 1e-7f;

  /** A map as a look scales it, 0 to 1, and what the ends stand for. */
  record Scaled(float[] values, float low, float high) {}

  static Heat of(Look look, SaliencyMap map, int width, int height, Placement placement) {
    Upsampling columns = Upsampling.columns(width, map, placement);
    Upsampling rows = Upsampling.rows(height, map, placement);
    byte[] table = look.colormap().table();
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 255);
    Scaled ends;
    if (look.enlarging() == Look.Enlarging.BICUBIC_COLOURS) {
      ends = scaled(look, map.values());
      byte[] cells = stretched(coloured(look, ends.values(), table));
      new BicubicColours(cells, map, width, height, placement).draw(rgb);
    } else {
      ends = enlarged(look, map, columns, rows);
      for (int i = 0; i < ends.values().length; i++) {
        if (columns.cell()[i % width] >= 0 && rows.cell()[i / width] >= 0) {
          System.arraycopy(table, 3 * step(look, ends.values()[i]), rgb, 3 * i, 3);
        }
      }
    }
    return new Heat(
        new RgbImage(width, height, rgb),
        inside(columns.cell()),
        inside(rows.cell()),
        ends.low(),
        ends.high());
  }

  boolean covers(int x, int y) {
    return columns[x] && rows[y];
  }

  /** Values for each pixel, 0 outside the input. */
  static Scaled enlarged(Look look, SaliencyMap map, Upsampling columns, Upsampling rows) {
    boolean whole = look.scaling() == Look.Scaling.RANGE;
    Scaled before = whole ? new Scaled(relu(map.values()), 0, 1) : scaled(look, map.values());
    float[] drawn = enlarge(look.enlarging(), before.values(), map, columns, rows);
    if (look.scaling() == Look.Scaling.MAXIMUM) {
      return new Scaled(drawn, before.low(), before.high());
    }
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    int width = columns.cell().length;
    for (int i = 0; i < drawn.length; i++) {
      if (columns.cell()[i % width] >= 0 && rows.cell()[i / width] >= 0) {
        least = Math.min(least, drawn[i]);
        greatest = Math.max(greatest, drawn[i]);
      }
    }
    float span = greatest - least + (whole ? 0 : EPSILON);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = greatest > least ? Math.min(1, Math.max(0, (drawn[i] - least) / span)) : 0;
    }
    float unit = before.high() - before.low();
    return new Scaled(drawn, before.low() + least * unit, before.low() + greatest * unit);
  }

  private static Scaled scaled(Look look, float[] raw) {
    float[] values = relu(raw);
    float low = 0;
    float high = 0;
    for (float value : values) {
      high = Math.max(high, value);
    }
    float span = high;
    if (look.scaling() != Look.Scaling.MAXIMUM) {
      low = high;
      for (float value : values) {
        low = Math.min(low, value);
      }
      span = high - low + (look.scaling() == Look.Scaling.RANGE_TWICE ? EPSILON : 0);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = high > low ? (values[i] - low) / span : 0;
    }
    return new Scaled(values, low, high);
  }

  private static float[] relu(float[] raw) {
    float[] values = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      values[i] = raw[i] > 0 ? raw[i] : 0; // what is no number is nothing
    }
    return values;
  }

  private static float[] enlarge(
      Look.Enlarging how, float[] values, SaliencyMap map, Upsampling columns, Upsampling rows) {
    int width = columns.cell().length;
    int height = rows.cell().length;
    float[] drawn = new float[width * height];
    for (int y = 0; y < height; y++) {
      int top = rows.cell()[y];
      for (int x = 0; x < width && top >= 0; x++) {
        int left = columns.cell()[x];
        if (left < 0) {
          continue;
        }
        float right = columns.share()[x];
        float down = rows.share()[y];
        if (how == Look.Enlarging.NEAREST) {
          // Half-way between two centres the next cell begins.
          right = right >= 0.5f ? 1 : 0;
          down = down >= 0.5f ? 1 : 0;
        }
        int under = Math.min(top + 1, map.height() - 1);
        int next = Math.min(left + 1, map.width() - 1);
        float upper = between(values, top * map.width(), left, next, right);
        float lower = between(values, under * map.width(), left, next, right);
        drawn[y * width + x] = upper + down * (lower - upper);
      }
    }
    return drawn;
  }

  private static float between(float[] values, int row, int left, int right, float share) {
    return values[row + left] + share * (values[row + right] - values[row + left]);
  }

  private static byte[] coloured(Look look, float[] values, byte[] table) {
    byte[] cells = new byte[3 * values.length];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(table, 3 * step(look, values[i]), cells, 3 * i, 3);
    }
    return cells;
  }

  private static int step(Look look, float value) {
    return switch (look.steps()) {
      case ROUNDED -> (int) (255 * value + 0.5f);
      case CUT -> (int) (255 * value);
      case EQUAL -> Math.min(255, (int) (256 * value));
    };
  }

  /** The least sample becomes 0 and the greatest 255, as Keras writes pictures of numbers. */
  private static byte[] stretched(byte[] samples) {
    int least = 255;
    int greatest = 0;
    for (byte sample : samples) {
      least = Math.min(least, sample & 0xff);
      greatest = Math.max(greatest, sample & 0xff);
    }
    byte[] all = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      int above = (samples[i] & 0xff) - least;
      all[i] = (byte) (greatest > least ? 255 * above / (greatest - least) : above);
    }
    return all;
  }

  private static boolean[] inside(int[] cells) {
    boolean[] inside = new boolean[cells.length];
    for (int i = 0; i < cells.length; i++) {
      inside[i] = cells[i] >= 0;
    }
    return inside;
  }
}
