package io.camaudit.image;

import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final List<JpegSegmentType> JPEG_SEGMENTS = jpegSegments();

  /** Baseline, extended and progressive, all with Huffman codes: what training pipelines read. */
  private static final Set<JpegSegmentType> DECODED_FRAMES =
      Set.of(JpegSegmentType.SOF0, JpegSegmentType.SOF1, JpegSegmentType.SOF2);

  /** Reads up to the first scan: the frame header, and the first EXIF block. */
  static ImageHeader ofJpeg(byte[] file) throws ImageException {
    JpegSegmentData segments;
    try {
      segments = JpegSegmentReader.readSegments(new SequentialByteArrayReader(file), JPEG_SEGMENTS);
    } catch (JpegProcessingException | IOException e) {
      throw new ImageException(Reason.CORRUPT, "the JPEG's header is broken or cut off", e);
    }
    int orientation = Orientation.UPRIGHT;
    for (byte[] segment : segments.getSegments(JpegSegmentType.APP1)) {
      if (startsWith(segment, EXIF_PREFIX)) {
        orientation = Orientation.ofExif(segment, EXIF_PREFIX.length);
        break;
      }
    }
    for (JpegSegmentType type : JPEG_SEGMENTS) {
      byte[] frame = segments.getSegment(type);
      if (type != JpegSegmentType.APP1 && frame != null && frame.length >= 6) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        if (!DECODED_FRAMES.contains(type)) {
          throw new ImageException(
              Reason.UNSUPPORTED,
              "a JPEG that is lossless, hierarchical or arithmetically coded is not decoded");
        }
        if (frame[0] != 8) {
          throw new ImageException(
              Reason.UNSUPPORTED,
              String.format(Locale.ROOT, "a JPEG of %d bits a sample is not decoded", frame[0]));
        }
        return new ImageHeader(buffer.getChar(3), buffer.getChar(1), orientation);
      }
    }
    if (hasJpegLsFrame(file)) {
      throw new ImageException(
          Reason.UNSUPPORTED, "a picture of the format JPEG-LS is not decoded");
    }
    throw new ImageException(Reason.CORRUPT, "the JPEG states no size");
  }

  /** Whether the frame is one of JPEG-LS, whose marker is no number of the original standard. */
  private static boolean hasJpegLsFrame(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    for (int at = 2; at + 4 <= file.length && file[at] == -1; at += 2 + buffer.getChar(at + 2)) {
      if ((file[at + 1] & 0xff) == 0xf7) {
        return true;
      }
    }
    return false;
  }

  /** Reads the IHDR chunk, whose place is fixed, and looks for an eXIf chunk. */
  static ImageHeader ofPng(byte[] file) throws ImageException {
    if (file.length < 24) {
      throw new ImageException(Reason.CORRUPT, "the PNG's header is cut off");
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

  private static List<JpegSegmentType> jpegSegments() {
    List<JpegSegmentType> types = new ArrayList<>();
    for (JpegSegmentType type : JpegSegmentType.values()) {
      if (type.name().startsWith("SOF") || type == JpegSegmentType.APP1) {
        types.add(type);
      }
    }
    return List.copyOf(types);
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
