package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;

/**
 * The tags of a TIFF's first picture that decide how its samples are read.
 *
 * @param plain the file without its colour profile: with one some samples would be converted and
 *     others not
 * @param multiplied whether samples were multiplied by their alpha; the plug-in does not say so
 */
record TiffDirectory(byte[] plain, boolean multiplied) {
  private static final int EXTRA_SAMPLES = 338;
  private static final int MULTIPLIED_ALPHA = 1;
  private static final int COMPRESSION = 259;
  private static final int COLOUR_PROFILE = 34675;

  /** Of the tags for private use one that nobody has asked for. */
  private static final char UNUSED = 65111;

  /** None, fax, LZW, JPEG, Deflate, PackBits, ThunderScan. */
  private static final Set<Integer> DECODED =
      Set.of(1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32809, 32946);

  private static final int ENTRY_BYTES = 12;

  /**
   * Reads the first directory.
   *
   * @throws ImageException if the samples are compressed by a method that is not decoded
   */
  static TiffDirectory of(byte[] file) throws ImageException {
    ByteBuffer in = ByteBuffer.wrap(file);
    in.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    byte[] without = file;
    boolean multiplied = false;
    long first = file.length < 8 ? file.length : Integer.toUnsignedLong(in.getInt(4));
    if (first + 2 > file.length) {
      return new TiffDirectory(file, false); // for the decoder to refuse
    }
    int entries = in.getChar((int) first);
    long end = Math.min(first + 2 + (long) ENTRY_BYTES * entries, file.length);
    for (int at = (int) first + 2; at + ENTRY_BYTES <= end; at += ENTRY_BYTES) {
      int tag = in.getChar(at);
      if (tag == COMPRESSION && !DECODED.contains((int) in.getChar(at + 8))) {
        throw new ImageException(
            Reason.UNSUPPORTED,
            String.format(
                Locale.ROOT,
                "a TIFF whose compression has the number %s is not decoded",
                Integer.toString(in.getChar(at + 8))));
      }
      multiplied |= tag == EXTRA_SAMPLES && in.getChar(at + 8) == MULTIPLIED_ALPHA;
      if (tag == COLOUR_PROFILE) {
        without = file.clone();
        ByteBuffer.wrap(without).order(in.order()).putChar(at, UNUSED);
      }
    }
    return new TiffDirectory(without, multiplied);
  }
}
