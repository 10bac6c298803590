package io.camaudit.image;

import java.util.Arrays;

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
    Cover columns = Cover.along(image.width(), width);
    Cover rows = Cover.along(image.height(), height);
    float[] sums = new float[3 * width];
    float[] line = new float[3 * width];
    byte[] scaled = new byte[3 * width * height];
    int lineRow = -1;
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      for (int i = rows.start[y]; i < rows.start[y + 1]; i++) {
        int row = rows.first[y] + i - rows.start[y];
        // A row that two new rows share is summed up once.
        if (row != lineRow) {
          scaleRow(image, row, columns, line);
          lineRow = row;
        }
        float weight = rows.weight[i];
        for (int x = 0; x < sums.length; x++) {
          sums[x] += weight * line[x];
        }
      }
      for (int x = 0; x < sums.length; x++) {
        scaled[3 * width * y + x] = (byte) (int) (sums[x] + 0.5f);
      }
    }
    return new RgbImage(width, height, scaled);
  }

  private static void scaleRow(RgbImage image, int row, Cover columns, float[] line) {
    byte[] rgb = image.rgb();
    int start = 3 * row * image.width();
    for (int x = 0; 3 * x < line.length; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      int end = columns.start[x + 1];
      for (int i = columns.start[x], at = start + 3 * columns.first[x]; i < end; i++, at += 3) {
        float weight = columns.weight[i];
        red += weight * (rgb[at] & 0xff);
        green += weight * (rgb[at + 1] & 0xff);
        blue += weight * (rgb[at + 2] & 0xff);
      }
      line[3 * x] = red;
      line[3 * x + 1] = green;
      line[3 * x + 2] = blue;
    }
  }

  /**
   * Which old pixels along one axis a new pixel covers, and how much of each. New pixel p covers
   * the old ones from {@code first[p]}; their weights, which sum to 1, are those from {@code
   * start[p]} to before {@code start[p + 1]}.
   */
  private record Cover(int[] first, int[] start, float[] weight) {
    static Cover along(int pixels, int newPixels) {
      double step = (double) pixels / newPixels;
      int[] first = new int[newPixels];
      int[] start = new int[newPixels + 1];
      // Between its first and last pixel, either maybe in part, each one covers at most step more.
      float[] weight = new float[newPixels * ((int) step + 2)];
      for (int p = 0; p < newPixels; p++) {
        double from = p * step;
        double to = Math.min((p + 1) * step, pixels);
        first[p] = (int) from;
        int next = start[p];
        for (int old = first[p]; old < to; old++) {
          weight[next++] = (float) ((Math.min(old + 1, to) - Math.max(old, from)) / step);
        }
        start[p + 1] = next;
      }
      return new Cover(first, start, weight);
    }
  }
}
