package io.camaudit.image;

import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.png.PngProcessingException;
import com.drew.imaging.riff.RiffHandler;
import com.drew.imaging.riff.RiffProcessingException;
import com.drew.imaging.riff.RiffReader;
import com.drew.lang.SequentialByteArrayReader;
import io.camaudit.image.ImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * What a file says of itself before its pixels. Nothing here allocates more than the file holds.
 *
 * @param width stored columns
 * @param height stored rows
 * @param orientation EXIF orientation, 1 to 8
 */
record ImageHeader(int width, int height, int orientation) {
  private static final int IHDR = 0x49484452;
  private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Baseline, extended and progressive, all with Huffman codes: what training pipelines read. */
  private static final Set<Integer> DECODED_FRAMES = Set.of(0xc0, 0xc1, 0xc2);

  private static final int PROGRESSIVE = 0xc2;

  /** Encoders make some ten to sixty. */
  private static final int MOST_SCANS = 200;

  /**
   * Reads up to the first scan: the frame header, and the first EXIF block.
   *
   * @throws ImageException also for a file whose scans are so many that decoding would not end
   */
  static ImageHeader ofJpeg(byte[] file) throws ImageException {
    int orientation = Orientation.UPRIGHT;
    boolean oriented = false;
    ByteBuffer buffer = ByteBuffer.wrap(file);
    ImageHeader header = null;
    int components = 0;
    boolean progressive = false;
    JpegMarkers markers = new JpegMarkers(file);
    while (markers.next()) {
      int body = markers.body();
      if (markers.isJpegLsFrame()) {
        throw new ImageException(
            Reason.UNSUPPORTED, "a picture of the format JPEG-LS is not decoded");
      }
      if (markers.marker() == JpegMarkers.APP1 && !oriented) {
        byte[] segment = Arrays.copyOfRange(file, body, Math.max(body, markers.end()));
        oriented = startsWith(segment, EXIF_PREFIX);
        orientation = oriented ? Orientation.ofExif(segment, EXIF_PREFIX.length) : orientation;
      } else if (markers.isFrame() && header == null && body + 6 <= markers.end()) {
        checkDecoded(markers.marker(), file[body]);
        progressive = markers.marker() == PROGRESSIVE;
        components = file[body + 5];
        header = new ImageHeader(buffer.getChar(body + 3), buffer.getChar(body + 1), 1);
      } else if (markers.marker() == JpegMarkers.START_OF_SCAN) {
        boolean single = !progressive && body < file.length && file[body] == components;
        if (!single) {
          checkScans(markers);
        }
        break;
      }
    }
    if (header == null) {
      throw new ImageException(Reason.CORRUPT, "the JPEG states no size");
    }
    return new ImageHeader(header.width, header.height, orientation);
  }

  private static void checkDecoded(int frame, int bits) throws ImageException {
    if (!DECODED_FRAMES.contains(frame)) {
      throw new ImageException(
          Reason.UNSUPPORTED,
          "a JPEG that is lossless, hierarchical or arithmetically coded is not decoded");
    }
    if (bits != 8) {
      throw new ImageException(
          Reason.UNSUPPORTED,
          String.format(Locale.ROOT, "a JPEG of %d bits a sample is not decoded", bits));
    }
  }

  /** Each scan goes over the whole picture, however few bytes it has. */
  private static void checkScans(JpegMarkers firstScan) throws ImageException {
    int scans = 1;
    while (firstScan.next()) {
      scans += firstScan.marker() == JpegMarkers.START_OF_SCAN ? 1 : 0;
    }
    if (scans > MOST_SCANS) {
      throw new ImageException(
          Reason.TOO_LARGE,
          String.format(Locale.ROOT, "the JPEG has %,d scans, more than %d", scans, MOST_SCANS));
    }
  }

  /** Reads the IHDR chunk, whose place is fixed, and looks for an eXIf chunk. */
  static ImageHeader ofPng(byte[] file) throws ImageException {
    if (file.length < 24) {
      throw new ImageException(Reason.CORRUPT, "the PNG's header is cut off");
    }
    if (ByteBuffer.wrap(file).getInt(12) != IHDR) {
      throw new ImageException(Reason.CORRUPT, "the PNG does not begin with its header");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int orientation = Orientation.UPRIGHT;
    try {
      for (PngChunk chunk :
          new PngChunkReader()
              .extract(new SequentialByteArrayReader(file), Set.of(PngChunkType.eXIf))) {
        orientation = Orientation.ofExif(chunk.getBytes(), 0);
      }
    } catch (PngProcessingException | IOException e) {
      orientation = Orientation.UPRIGHT; // whether the file is broken is for the decoder to say
    }
    return new ImageHeader(buffer.getInt(16), buffer.getInt(20), orientation);
  }

  /** The orientation in a WebP's EXIF chunk. */
  static int orientationOfWebp(byte[] file) {
    ExifChunk chunk = new ExifChunk();
    try {
      new RiffReader().processRiff(new SequentialByteArrayReader(file), chunk);
    } catch (RiffProcessingException | IOException e) {
      return Orientation.UPRIGHT;
    }
    if (chunk.bytes == null) {
      return Orientation.UPRIGHT;
    }
    // The format wants plain EXIF; some writers keep the prefix that JPEG needs.
    return Orientation.ofExif(
        chunk.bytes, startsWith(chunk.bytes, EXIF_PREFIX) ? EXIF_PREFIX.length : 0);
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length > prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static final class ExifChunk implements RiffHandler {
    private byte[] bytes;

    @Override
    public boolean shouldAcceptRiffIdentifier(String identifier) {
      return identifier.equals("WEBP");
    }

    @Override
    public boolean shouldAcceptChunk(String fourCc) {
      return fourCc.equals("EXIF") && bytes == null;
    }

    @Override
    public boolean shouldAcceptList(String fourCc) {
      return false;
    }

    @Override
    public void processChunk(String fourCc, byte[] payload) {
      bytes = payload;
    }

    @Override
    public void addError(String message) {
      // Whether the file is broken is for the decoder to say.
    }
  }
}
