package io.camaudit.image;

/**
 * The JPEGs that another format keeps its pixels in. Each states a size of its own, and a decoder
 * of progressive ones makes room for all of it, whatever the picture around says.
 */
final class EmbeddedJpegs {
  private EmbeddedJpegs() {}

  /**
   * Refuses what is too large, before anything is decoded. Looks for frame headers everywhere: the
   * places that a file states are as little to be relied on as its sizes, and within a JPEG's data
   * no such bytes occur.
   */
  static void check(byte[] file, ImageIoCodec.SizeCheck size) throws ImageException {
    for (int at = 0; at + 10 <= file.length; at++) {
      if (file[at] == -1 && isFrame(file[at + 1] & 0xff)) {
        int components = file[at + 9] & 0xff;
        if (components > 0 && uint16(file, at + 2) == 8 + 3 * components) {
          size.check(Math.max(1, uint16(file, at + 7)), Math.max(1, uint16(file, at + 5)));
        }
      }
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static int uint16(byte[] file, int at) {
    return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
  }
}
