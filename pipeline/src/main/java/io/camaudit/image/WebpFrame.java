package io.camaudit.image;

import io.camaudit.image.ImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first picture in a WebP file, and where it lies on the canvas. The file's other parts never
 * reach the decoder: alpha is dropped, samples are taken as stored and not through a colour
 * profile, and a frame of an animation is decoded as the still picture that it is.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param left where the frame starts on it
 * @param top likewise
 * @param still a WebP file that holds nothing but the frame's pixels
 */
record WebpFrame(int width, int height, int left, int top, byte[] still) {
  private static final int HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int ANIMATED = 0x02;

  /** Reads the container; nothing is decoded. */
  static WebpFrame first(byte[] file) throws ImageException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int width = 0;
    int height = 0;
    boolean animated = false;
    for (int at = HEADER; at + CHUNK_HEADER <= file.length; ) {
      String name = name(file, at);
      int body = at + CHUNK_HEADER;
      long end = body + Integer.toUnsignedLong(in.getInt(at + 4));
      if (name.equals("VP8X") && body + 10 <= file.length) {
        animated = (file[body] & ANIMATED) != 0;
        width = 1 + uint24(in, body + 4);
        height = 1 + uint24(in, body + 7);
      } else if (name.equals("ANMF") && body + FRAME_HEADER <= file.length) {
        int left = 2 * uint24(in, body);
        int top = 2 * uint24(in, body + 3);
        byte[] still = still(file, in, body + FRAME_HEADER, Math.min(end, file.length));
        return new WebpFrame(width, height, left, top, still);
      } else if (isPixels(name) && !animated) {
        return new WebpFrame(width, height, 0, 0, still(file, in, at, file.length));
      }
      at = (int) Math.min(end + (end & 1), file.length);
    }
    throw cutOff();
  }

  /** The first chunk of pixels between two offsets, as a file of its own. */
  private static byte[] still(byte[] file, ByteBuffer in, int from, long to) throws ImageException {
    for (int at = from; at + CHUNK_HEADER <= to; ) {
      long length = Integer.toUnsignedLong(in.getInt(at + 4));
      long end = at + CHUNK_HEADER + length;
      if (isPixels(name(file, at))) {
        if (end > to) {
          throw cutOff();
        }
        int whole = (int) (CHUNK_HEADER + length + (length & 1));
        byte[] still = new byte[HEADER + whole];
        ByteBuffer.wrap(still)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF".getBytes(StandardCharsets.US_ASCII))
            .putInt(4 + whole)
            .put("WEBP".getBytes(StandardCharsets.US_ASCII))
            .put(file, at, (int) (CHUNK_HEADER + length));
        return still;
      }
      at = (int) Math.min(end + (end & 1), to);
    }
    throw cutOff();
  }

  private static boolean isPixels(String name) {
    return name.equals("VP8 ") || name.equals("VP8L");
  }

  private static String name(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }

  private static int uint24(ByteBuffer in, int at) {
    return in.getChar(at) | (in.get(at + 2) & 0xff) << 16;
  }

  private static ImageException cutOff() {
    return new ImageException(Reason.CORRUPT, "the WebP is broken or cut off");
  }
}
