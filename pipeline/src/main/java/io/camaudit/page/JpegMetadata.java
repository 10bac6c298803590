package io.camaudit.page;

import java.io.ByteArrayOutputStream;

/**
 * Takes out of a JPEG what is not picture. A report is made to be passed on; where and by whom its
 * photographs were taken is not part of it.
 */
final class JpegMetadata {
  private static final int SOI = 0xD8;
  private static final int SOS = 0xDA;
  private static final int COM = 0xFE;
  private static final int APP0 = 0xE0;
  private static final int APP15 = 0xEF;

  /**
   * APP2 carries the colour profile, APP14 how colours are coded (Adobe): both change the picture.
   */
  private static boolean isPicture(int marker) {
    return marker == APP0
        || marker == 0xE2
        || marker == 0xEE
        || (marker != COM && (marker < APP0 || marker > APP15));
  }

  private JpegMetadata() {}

  /**
   * The same compressed pixels without EXIF, XMP, IPTC, comments and embedded thumbnails.
   *
   * @return null if the bytes are not laid out like a JPEG up to the first scan
   */
  static byte[] strip(byte[] jpeg) {
    if (jpeg.length < 4 || marker(jpeg, 0) != SOI) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
    out.write(jpeg, 0, 2);
    int at = 2;
    while (at + 4 <= jpeg.length) {
      int marker = marker(jpeg, at);
      int length = ((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF);
      if (marker < 0xC0 || length < 2 || at + 2 + length > jpeg.length) {
        return null;
      }
      if (marker == SOS) {
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
      }
      if (isPicture(marker)) {
        out.write(jpeg, at, 2 + length);
      }
      at += 2 + length;
    }
    return null;
  }

  private static int marker(byte[] jpeg, int at) {
    return jpeg[at] == (byte) 0xFF ? jpeg[at + 1] & 0xFF : -1;
  }
}
