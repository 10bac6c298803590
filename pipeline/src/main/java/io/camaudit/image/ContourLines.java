package io.camaudit.image;

/**
 * Lines of equal value over a photograph: where a value, 0 to 1, crosses a quarter, half and three
 * quarters. A pixel's distance from a line is taken as |value − level| / |gradient|, which is right
 * where the gradient is steady, so that lines are smooth and as thick everywhere.
 */
final class ContourLines {
  private static final float[] LEVELS = {0.25f, 0.5f, 0.75f};

  private final Colormap colormap;

  ContourLines(Colormap colormap) {
    this.colormap = colormap;
  }

  /**
   * @param values of each pixel, row by row
   * @param heat says which pixels lie inside the model's input
   */
  RgbImage on(RgbImage photo, float[] values, Heat heat) {
    int width = photo.width();
    Canvas canvas = Canvas.of(photo);
    float thickness = Math.max(photo.width(), photo.height()) < 400 ? 0.75f : 1.25f;
    byte[] table = colormap.table();
    for (int y = 0; y < photo.height(); y++) {
      for (int x = 0; x < width; x++) {
        if (!heat.covers(x, y)) {
          continue;
        }
        float across = slope(values, heat, x, y, 1, 0, width);
        float down = slope(values, heat, x, y, 0, 1, width);
        float gradient = (float) Math.sqrt(across * across + down * down);
        for (float level : LEVELS) {
          float distance = Math.abs(values[y * width + x] - level) / gradient;
          int colour = 3 * Math.round(255 * level);
          int rgb =
              (table[colour] & 0xff) << 16
                  | (table[colour + 1] & 0xff) << 8
                  | table[colour + 2] & 0xff;
          // A dark seam keeps the line apart from photographs of its own colour.
          draw(canvas, x, y, Canvas.BLACK, thickness + 1 - distance);
          draw(canvas, x, y, rgb, thickness - distance);
        }
      }
    }
    return canvas.picture();
  }

  private static void draw(Canvas canvas, int x, int y, int colour, float inside) {
    // No number where value is level and gradient is zero; then there is no line to be seen.
    if (inside > -0.5f) {
      canvas.blend(x, y, colour, Math.min(1, inside + 0.5f));
    }
  }

  private static float slope(float[] values, Heat heat, int x, int y, int dx, int dy, int width) {
    boolean before = x >= dx && y >= dy && heat.covers(x - dx, y - dy);
    boolean after =
        x + dx < heat.columns().length
            && y + dy < heat.rows().length
            && heat.covers(x + dx, y + dy);
    int from = before ? (y - dy) * width + x - dx : y * width + x;
    int to = after ? (y + dy) * width + x + dx : y * width + x;
    int steps = (before ? 1 : 0) + (after ? 1 : 0);
    return steps == 0 ? 0 : (values[to] - values[from]) / steps;
  }
}
