package io.camaudit.image;

/**
 * A JPEG's segments one after the other, found as libjpeg finds them: whoever judges a header and
 * whoever decodes have to see the same one, else a small header may stand before a large picture.
 */
final class JpegMarkers {
  static final int APP1 = 0xe1;
  static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private final byte[] file;
  private int at = 2;
  private int marker;
  private int body;
  private int end;

  /**
   * @param file begins with a JPEG's first marker
   */
  JpegMarkers(byte[] file) {
    this.file = file;
  }

  /**
   * Moves to the next segment; what lies between two, a scan's data for one, is passed over.
   *
   * @return whether there is one, whole or cut off
   */
  boolean next() {
    while (nextMarker()) {
      if (marker == END_OF_IMAGE) {
        return false;
      }
      if (marker >= 0xd0 && marker <= 0xd8 || marker == 0x01) {
        continue; // without a length
      }
      if (at + 2 > file.length) {
        return false;
      }
      body = at + 2;
      end = Math.max(body, at + ((file[at] & 0xff) << 8 | file[at + 1] & 0xff));
      at = end;
      return true;
    }
    return false;
  }

  private boolean nextMarker() {
    for (; at + 1 < file.length; at++) {
      int second = file[at + 1] & 0xff;
      if (file[at] == -1 && second != 0 && second != 0xff) {
        marker = second;
        at += 2;
        return true;
      }
    }
    return false;
  }

  /** The byte that names the segment. */
  int marker() {
    return marker;
  }

  /** Where its content begins, behind the length. */
  int body() {
    return body;
  }

  /** Where its content ends, in the file or behind its end. */
  int end() {
    return Math.min(end, file.length);
  }

  /** Whether it states the picture's size: a start of frame of any process. */
  boolean isFrame() {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /**
   * Whether it is a start of frame of JPEG-LS, whose number the original standard does not have.
   */
  boolean isJpegLsFrame() {
    return marker == 0xf7;
  }
}
