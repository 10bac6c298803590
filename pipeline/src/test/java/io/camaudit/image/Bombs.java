package io.camaudit.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Small files that claim, or inflate to, far more than they hold. */
final class Bombs {
  private Bombs() {}

  /** A file under way. */
  static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    Bytes(ByteOrder order) {
      this.order = order;
    }

    Bytes text(String latin) {
      return bytes(latin.getBytes(ISO_8859_1));
    }

    Bytes bytes(byte[] more) {
      out.writeBytes(more);
      return this;
    }

    Bytes u8(int... values) {
      for (int value : values) {
        out.write(value);
      }
      return this;
    }

    Bytes u16(int... values) {
      for (int value : values) {
        bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
      }
      return this;
    }

    Bytes u32(long... values) {
      for (long value : values) {
        bytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
      }
      return this;
    }

    byte[] done() {
      return out.toByteArray();
    }
  }

  /** As many zeros as wanted, deflated: a thousandth of them. */
  static byte[] deflatedZeros(long count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(1), 1 << 16)) {
      byte[] zeros = new byte[1 << 20];
      for (long left = count; left > 0; left -= zeros.length) {
        out.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] pngChunk(String type, byte[] content) {
    byte[] body = new Bytes(ByteOrder.BIG_ENDIAN).text(type).bytes(content).done();
    CRC32 crc = new CRC32();
    crc.update(body);
    return new Bytes(ByteOrder.BIG_ENDIAN)
        .u32(content.length)
        .bytes(body)
        .u32(crc.getValue())
        .done();
  }

  /**
   * A grey PNG.
   *
   * @param between chunks between the header and the pixels
   */
  static byte[] png(int width, int height, int bits, byte[] pixels, byte[]... between) {
    Bytes png =
        new Bytes(ByteOrder.BIG_ENDIAN)
            .text("\u0089PNG\r\n\u001a\n")
            .bytes(
                pngChunk(
                    "IHDR",
                    new Bytes(ByteOrder.BIG_ENDIAN)
                        .u32(width, height)
                        .u8(bits, 0, 0, 0, 0)
                        .done()));
    for (byte[] chunk : between) {
      png.bytes(chunk);
    }
    return png.bytes(pngChunk("IDAT", pixels)).bytes(pngChunk("IEND", new byte[0])).done();
  }

  /** Deflated text chunks and a colour profile that are a gigabyte each. */
  static byte[] pngOfSwollenChunks() {
    byte[] gigabyte = deflatedZeros(1L << 30);
    Bytes header = new Bytes(ByteOrder.BIG_ENDIAN).text("name\0");
    byte[] plain = new Bytes(ByteOrder.BIG_ENDIAN).text("name\0\0").bytes(gigabyte).done();
    byte[] international = header.u8(1, 0).text("\0\0").bytes(gigabyte).done();
    return png(
        8,
        8,
        8,
        deflatedZeros(72),
        pngChunk("iCCP", plain),
        pngChunk("zTXt", plain),
        pngChunk("zTXt", plain),
        pngChunk("iTXt", international));
  }

  /** One frame of one colour, whose code is complete only for small ones. */
  static byte[] gif(int canvas, int frameWidth, int frameHeight) {
    return new Bytes(ByteOrder.LITTLE_ENDIAN)
        .text("GIF89a")
        .u16(canvas, canvas)
        .u8(0x80, 0, 0, 0, 0, 0, 255, 255, 255)
        .u8(0x2c)
        .u16(0, 0, frameWidth, frameHeight)
        .u8(0, 2, 2, 0x4c, 0x01, 0, 0x3b)
        .done();
  }

  /** A lossless WebP of one colour: five codes of one symbol each, no bit a pixel. */
  static byte[] webp(int width, int height) {
    long size = (width - 1) | (long) (height - 1) << 14;
    // No transform, no cache, no meta codes; then five simple codes of the symbol 0.
    long bits = 0;
    int at = 3;
    for (int code = 0; code < 5; code++) {
      bits |= 1L << at; // simple
      at += 4; // simple, one symbol, of one bit, 0
    }
    byte[] data = new Bytes(ByteOrder.LITTLE_ENDIAN).u8(0x2f).u32(size).u32(bits).u32(0, 0).done();
    int padded = data.length + (data.length & 1);
    return new Bytes(ByteOrder.LITTLE_ENDIAN)
        .text("RIFF")
        .u32(12 + padded)
        .text("WEBPVP8L")
        .u32(data.length)
        .bytes(Arrays.copyOf(data, padded))
        .done();
  }

  /** A BMP of eight bits with run lengths, that ends before its first pixel. */
  static byte[] bmp(int width, int height, int compression, long paletteColours, byte[] pixels) {
    return new Bytes(ByteOrder.LITTLE_ENDIAN)
        .text("BM")
        .u32(54 + 1024 + pixels.length, 0, 54 + 1024)
        .u32(40, width, height)
        .u16(1, compression > 3 ? 0 : 8)
        .u32(compression, pixels.length, 0, 0, paletteColours, 0)
        .bytes(new byte[1024])
        .bytes(pixels)
        .done();
  }

  /** A tag of a TIFF, its value a number. */
  record Tag(int number, int type, long count, long value) {
    static Tag of(int number, long value) {
      return new Tag(number, 4, 1, value);
    }
  }

  /** Grey, 8 bits, one strip or tile behind the directory. */
  static byte[] tiff(int width, int height, int compression, byte[] data, Tag... more) {
    return tiff(width, height, 8, compression, data, more);
  }

  static byte[] tiff(int width, int height, int bits, int compression, byte[] data, Tag... more) {
    boolean tiled = Arrays.stream(more).anyMatch(tag -> tag.number == 322);
    Tag[] tags = {
      Tag.of(256, width),
      Tag.of(257, height),
      Tag.of(258, bits),
      Tag.of(259, compression),
      Tag.of(262, 1),
      Tag.of(277, 1),
      Tag.of(278, height),
    };
    int entries = tags.length + more.length + 2;
    int dataAt = 8 + 2 + 12 * entries + 4;
    Tag[] all = Arrays.copyOf(tags, entries);
    System.arraycopy(more, 0, all, tags.length, more.length);
    all[entries - 2] = Tag.of(tiled ? 324 : 273, dataAt);
    all[entries - 1] = Tag.of(tiled ? 325 : 279, data.length);
    Arrays.sort(all, (a, b) -> Integer.compare(a.number, b.number));
    Bytes tiff = new Bytes(ByteOrder.LITTLE_ENDIAN).text("II*\0").u32(8).u16(entries);
    for (Tag tag : all) {
      tiff.u16(tag.number, tag.type).u32(tag.count, tag.value);
    }
    return tiff.u32(0).bytes(data).done();
  }

  /** A JPEG's frame header over another size, of another process. */
  static byte[] jpegOfSize(byte[] jpeg, int width, int height) {
    byte[] larger = jpeg.clone();
    JpegMarkers markers = new JpegMarkers(larger);
    while (markers.next()) {
      if (markers.isFrame()) {
        ByteBuffer.wrap(larger)
            .putShort(markers.body() + 1, (short) height)
            .putShort(markers.body() + 3, (short) width);
      }
    }
    return larger;
  }

  /**
   * A progressive JPEG whose scans are each a few bytes: one that says of every block that nothing
   * is added, again and again.
   */
  static byte[] jpegOfScans(int width, int height, int scans) {
    Bytes jpeg = new Bytes(ByteOrder.BIG_ENDIAN).u16(0xffd8);
    jpeg.u16(0xffdb, 67).u8(0);
    for (int i = 0; i < 64; i++) {
      jpeg.u8(1);
    }
    jpeg.u16(0xffc2, 11).u8(8).u16(height, width).u8(1, 1, 0x11, 0);
    // One code of one bit: for DC no difference, for AC a run of 2^14 empty blocks.
    jpeg.u16(0xffc4, 2 + 17 + 1).u8(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    jpeg.u16(0xffc4, 2 + 17 + 1).u8(0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xe0);
    jpeg.u16(0xffda, 8).u8(1, 1, 0, 0, 0, 0).bytes(new byte[(width / 8) * (height / 8) / 8 + 2]);
    for (int scan = 1; scan < scans; scan++) {
      jpeg.u16(0xffda, 8).u8(1, 1, 0, 1, 63, 0).bytes(new byte[64]);
    }
    return jpeg.u16(0xffd9).done();
  }

  /** EXIF data whose directory points at itself and whose values are as long as numbers can say. */
  static byte[] endlessExif() {
    Bytes exif = new Bytes(ByteOrder.LITTLE_ENDIAN).text("II*\0").u32(8).u16(4);
    exif.u16(0x8769, 4).u32(1, 8); // the EXIF directory is this one
    exif.u16(0x014a, 4).u32(0x7fffffff, 8);
    exif.u16(0x0112, 3).u32(0xffffffffL, 8);
    exif.u16(0x010e, 2).u32(0x7fffffff, 8);
    return exif.u32(8).done();
  }

  /** A segment behind a JPEG's first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    return new Bytes(ByteOrder.BIG_ENDIAN)
        .bytes(Arrays.copyOf(jpeg, 2))
        .u8(0xff, marker)
        .u16(content.length + 2)
        .bytes(content)
        .bytes(Arrays.copyOfRange(jpeg, 2, jpeg.length))
        .done();
  }
}
