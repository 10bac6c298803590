package io.camaudit.savedmodel;

/** A smooth picture with structure at several scales, the same every time. */
final class GeneratedPicture {
  private GeneratedPicture() {}

  /** RGB, 3 bytes a pixel, row by row. */
  static byte[] rgb(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (double) x / width;
        double v = (double) y / height;
        double disc = Math.hypot(u - 0.6, v - 0.4) < 0.2 ? 90 : 0;
        int at = 3 * (y * width + x);
        rgb[at] = (byte) Math.round(110 + 50 * Math.sin(9 * u + 2 * v) + disc);
        rgb[at + 1] = (byte) Math.round(100 + 60 * Math.sin(23 * v - 5 * u));
        rgb[at + 2] = (byte) Math.round(120 + 40 * Math.cos(41 * u * v) + disc / 2);
      }
    }
    return rgb;
  }
}
