package io.camaudit.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The parts that a PNG's file is made of: a length, a name of four letters, data, a checksum. */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final int FRAME_BYTES = 12;

  /** What pixels come from. Texts and profiles may be compressed, and swell without limit. */
  private static final Set<String> OF_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  private PngChunks() {}

  /**
   * The file without what its pixels do not come from; a chunk that reaches over its end is cut
   * off.
   */
  static byte[] ofPixels(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    out.write(file, 0, Math.min(SIGNATURE_BYTES, file.length));
    for (int at = SIGNATURE_BYTES; at + FRAME_BYTES <= file.length; ) {
      long length = Integer.toUnsignedLong(in.getInt(at)) + FRAME_BYTES;
      boolean wanted = OF_PIXELS.contains(new String(file, at + 4, 4, StandardCharsets.ISO_8859_1));
      int there = (int) Math.min(length, file.length - at);
      if (wanted) {
        out.write(file, at, there);
      }
      at += there;
    }
    return out.toByteArray();
  }
}
