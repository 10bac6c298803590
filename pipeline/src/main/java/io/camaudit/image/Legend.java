package io.camaudit.image;

import java.util.Locale;

/** A colour scale with the map's values that its ends and middle stand for. */
final class Legend {
  private static final int BAR = 14;
  private static final int GAP = 8;

  private final Colormap colormap;

  Legend(Colormap colormap) {
    this.colormap = colormap;
  }

  /** The picture with the scale at its right. */
  RgbImage beside(RgbImage picture, float low, float high) {
    Lettering letters = Lettering.fitting(Math.max(picture.width(), picture.height()));
    String[] numbers = {number(high), number((low + high) / 2), number(low)};
    int widest = 0;
    for (String number : numbers) {
      widest = Math.max(widest, letters.width(number));
    }
    int left = picture.width() + GAP;
    Canvas canvas = new Canvas(left + BAR + GAP / 2 + widest + GAP / 2, picture.height());
    canvas.put(picture, 0, 0);
    byte[] table = colormap.table();
    int last = Math.max(1, picture.height() - 1);
    for (int y = 0; y < picture.height(); y++) {
      int colour = 3 * Math.round(255f * (last - y) / last);
      int rgb =
          (table[colour] & 0xff) << 16 | (table[colour + 1] & 0xff) << 8 | table[colour + 2] & 0xff;
      canvas.fill(left, y, left + BAR, y + 1, rgb);
    }
    int text = left + BAR + GAP / 2;
    int room = picture.height() - letters.height();
    canvas.write(letters, numbers[0], text, 0);
    if (room > 2 * letters.height()) {
      canvas.write(letters, numbers[1], text, room / 2);
    }
    if (room > letters.height()) {
      canvas.write(letters, numbers[2], text, room);
    }
    return canvas.picture();
  }

  /** Three digits, whatever the machine's language; 0 as such. */
  static String number(float value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e5) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
