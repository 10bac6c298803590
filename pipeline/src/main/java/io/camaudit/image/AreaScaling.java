package io.camaudit.image;

/**
 * Scales pictures down so that each new pixel is the mean of the area that it covers, parts of
 * pixels included.
 */
final class AreaScaling {
  private AreaScaling() {}

  /**
   * @param width new width, at most the old one
   * @param height new height, at most the old one
   */
  static RgbImage scale(RgbImage image, int width, int height) {
    double stepX = (double) image.width() / width;
    double stepY = (double) image.height() / height;
    float[] sums = new float[3 * width];
    float[] line = new float[3 * width];
    byte[] scaled = new byte[3 * width * height];
    int lineRow = -1;
    for (int y = 0; y < height; y++) {
      java.util.Arrays.fill(sums, 0);
      double top = y * stepY;
      double bottom = Math.min((y + 1) * stepY, image.height());
      for (int row = (int) top; row < bottom; row++) {
        float weight = (float) ((Math.min(row + 1, bottom) - Math.max(row, top)) / stepY);
        if (row != lineRow) {
          scaleRow(image, row, stepX, line);
          lineRow = row;
        }
        for (int i = 0; i < sums.length; i++) {
          sums[i] += weight * line[i];
        }
      }
      for (int i = 0; i < sums.length; i++) {
        scaled[3 * width * y + i] = (byte) (int) (sums[i] + 0.5f);
      }
    }
    return new RgbImage(width, height, scaled);
  }

  private static void scaleRow(RgbImage image, int row, double step, float[] line) {
    byte[] rgb = image.rgb();
    int start = 3 * row * image.width();
    int width = line.length / 3;
    for (int x = 0; x < width; x++) {
      double left = x * step;
      double right = Math.min((x + 1) * step, image.width());
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int column = (int) left; column < right; column++) {
        float weight = (float) ((Math.min(column + 1, right) - Math.max(column, left)) / step);
        int at = start + 3 * column;
        red += weight * (rgb[at] & 0xff);
        green += weight * (rgb[at + 1] & 0xff);
        blue += weight * (rgb[at + 2] & 0xff);
      }
      line[3 * x] = red;
      line[3 * x + 1] = green;
      line[3 * x + 2] = blue;
    }
  }
}
