package io.camaudit.region;

import java.util.Arrays;
import java.util.Locale;

/**
 * Decodes COCO's compressed run lengths: five bits a character from '0' on, the sixth says that
 * more follow, two's complement; from the fourth run on the difference to the run before the last
 * (COCO API, {@code maskApi.c}, {@code rleFrString}).
 */
final class CocoRuns {
  private CocoRuns() {}

  /**
   * Reads the runs.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static int[] decode(String text) {
    int[] counts = new int[text.length()];
    int n = 0;
    int i = 0;
    while (i < text.length()) {
      long value = 0;
      int shift = 0;
      boolean more;
      do {
        if (i == text.length()) {
          throw new IllegalArgumentException("the run lengths end in the middle of a number");
        }
        int bits = text.charAt(i++) - '0';
        if (bits < 0 || bits > 63 || shift > 30) {
          throw new IllegalArgumentException(
              String.format(Locale.ROOT, "character %d of the run lengths is out of place", i));
        }
        value |= (bits & 31L) << shift;
        shift += 5;
        more = (bits & 32) != 0;
        if (!more && (bits & 16) != 0) {
          value |= -1L << shift;
        }
      } while (more);
      long count = n > 2 ? value + counts[n - 2] : value;
      if (count < 0 || count > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "run %d has the length %d", n + 1, count));
      }
      counts[n++] = (int) count;
    }
    return Arrays.copyOf(counts, n);
  }
}
