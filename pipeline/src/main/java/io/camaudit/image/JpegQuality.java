package io.camaudit.image;

/**
 * The quality, 1 to 100, at which a JPEG was saved, estimated from its first component's
 * quantisation table: the quality whose table, made as libjpeg makes it, is nearest, by the sum of
 * absolute differences; of equally near ones the greatest. Exact for files of libjpeg and whatever
 * follows it; other programs and cameras have tables of their own, whose steps are compared alike.
 *
 * <p>libjpeg scales the table K.1 of ITU-T T.81: with s = 5000 / q below 50 (whole) and 200 − 2q
 * from there, each step is (s · base + 50) / 100 (whole), from 1 to 255.
 */
public final class JpegQuality {
  private static final int TABLES = 0xdb;
  private static final int STEPS = 64;

  /** Table K.1, row by row. */
  private static final int[] BASE = {
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99
  };

  /** By quality less 1, each in the order of a file. */
  private static final int[][] BY_QUALITY = byQuality();

  private JpegQuality() {}

  /**
   * @param file a JPEG
   * @return null if it has no such table before its first scan
   */
  public static Integer of(byte[] file) {
    int[][] tables = new int[4][];
    int wanted = -1;
    JpegMarkers markers = new JpegMarkers(file);
    while (markers.next() && markers.marker() != JpegMarkers.START_OF_SCAN) {
      if (markers.marker() == TABLES) {
        read(file, markers.body(), markers.end(), tables);
      } else if (markers.isFrame() && wanted < 0 && markers.body() + 9 <= markers.end()) {
        // Precision, height and width, the number of components; then of the first its name,
        // sampling and table.
        wanted = file[markers.body() + 8] & 3;
      }
    }
    return wanted < 0 || tables[wanted] == null ? null : (Integer) nearest(tables[wanted]);
  }

  /** A segment may hold several tables, of one or two bytes a step. */
  private static void read(byte[] file, int from, int end, int[][] tables) {
    int at = from;
    while (at < end) {
      int wide = (file[at] & 0xff) >> 4 == 0 ? 1 : 2;
      int number = file[at] & 3;
      at++;
      if (at + wide * STEPS > end) {
        return;
      }
      int[] table = new int[STEPS];
      for (int i = 0; i < STEPS; i++, at += wide) {
        table[i] = wide == 1 ? file[at] & 0xff : (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
      }
      tables[number] = table;
    }
  }

  private static int nearest(int[] table) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int quality = 1; quality <= BY_QUALITY.length; quality++) {
      long distance = 0;
      for (int i = 0; i < STEPS; i++) {
        distance += Math.abs(table[i] - BY_QUALITY[quality - 1][i]);
      }
      if (distance <= least) {
        least = distance;
        best = quality;
      }
    }
    return best;
  }

  private static int[][] byQuality() {
    int[] order = zigzag();
    int[][] tables = new int[100][STEPS];
    for (int quality = 1; quality <= tables.length; quality++) {
      int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
      for (int i = 0; i < STEPS; i++) {
        int step = (scale * BASE[order[i]] + 50) / 100;
        tables[quality - 1][i] = Math.max(1, Math.min(255, step));
      }
    }
    return tables;
  }

  /** Which cell of the table comes i-th in a file: along diagonals, up and down in turn. */
  private static int[] zigzag() {
    int[] order = new int[STEPS];
    int i = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      for (int step = 0; step <= diagonal; step++) {
        int row = diagonal % 2 == 0 ? diagonal - step : step;
        int column = diagonal - row;
        if (row < 8 && column < 8) {
          order[i++] = 8 * row + column;
        }
      }
    }
    return order;
  }
}
