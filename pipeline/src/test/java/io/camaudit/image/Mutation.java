package io.camaudit.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Ways to break a picture's file. What comes out depends on the file and the seed alone. */
public enum Mutation {
  /** One to eight bits anywhere. */
  BITS {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      return flipped(file, file.length, random);
    }
  },
  /** One to eight bits in the first 64 bytes. */
  BITS_OF_THE_HEADER {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      return flipped(file, Math.min(64, file.length), random);
    }
  },
  /** Ends early. */
  CUT_OFF {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      return Arrays.copyOf(file, random.nextInt(file.length + 1));
    }
  },
  /** The beginning of one file before another's rest, the lengths as they fall. */
  SPLICED {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      byte[] other = others.get(random.nextInt(others.size()));
      int head = random.nextInt(Math.min(file.length, 1024) + 1);
      int from = random.nextInt(Math.min(other.length, 1024) + 1);
      return joined(
          Arrays.copyOf(file, head), Arrays.copyOfRange(other, from, other.length), new byte[0]);
    }
  },
  /** A part of one file in the middle of another. */
  PART_OF_ANOTHER {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      byte[] other = others.get(random.nextInt(others.size()));
      int from = random.nextInt(other.length);
      int to = random.nextInt(from, other.length) + 1;
      int at = random.nextInt(file.length + 1);
      int on = random.nextBoolean() ? at : random.nextInt(at, file.length + 1);
      return joined(
          Arrays.copyOf(file, at),
          Arrays.copyOfRange(other, from, to),
          Arrays.copyOfRange(file, on, file.length));
    }
  },
  /** Numbers at the edges of their types where a length, a size or a place may stand. */
  EDGE_NUMBERS {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      byte[] broken = file.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        int range = random.nextBoolean() ? Math.min(256, file.length) : file.length;
        int width = random.nextBoolean() ? 2 : 4;
        if (range >= width) {
          ByteBuffer to =
              ByteBuffer.wrap(broken)
                  .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
          int at = random.nextInt(range - width + 1);
          long number = EDGES[random.nextInt(EDGES.length)];
          if (width == 2) {
            to.putShort(at, (short) number);
          } else {
            to.putInt(at, (int) number);
          }
        }
      }
      return broken;
    }
  },
  /** A run of zeros, as a disk or a download leaves it. */
  ZEROS {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      byte[] broken = file.clone();
      int from = random.nextInt(file.length);
      Arrays.fill(broken, from, random.nextInt(from, file.length) + 1, (byte) 0);
      return broken;
    }
  },
  /** A part of it twice. */
  REPEATED {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      int from = random.nextInt(file.length);
      int to = random.nextInt(from, file.length) + 1;
      return joined(
          Arrays.copyOf(file, to),
          Arrays.copyOfRange(file, from, to),
          Arrays.copyOfRange(file, to, file.length));
    }
  },
  /** A part of it gone. */
  SHORTENED {
    @Override
    byte[] of(byte[] file, List<byte[]> others, SplittableRandom random) {
      int from = random.nextInt(file.length);
      int to = random.nextInt(from, file.length) + 1;
      return joined(
          Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length), new byte[0]);
    }
  };

  private static final long[] EDGES = {
    0,
    1,
    2,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x3fff,
    0x4000,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffff,
    0x80000000L,
    0xffffffffL,
    0xfffffffeL
  };

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  abstract byte[] of(byte[] file, List<byte[]> others, SplittableRandom random);

  /** One of the ways, at random; every other PNG has right checksums again, to get further. */
  public static byte[] any(byte[] file, List<byte[]> others, SplittableRandom random) {
    Mutation mutation = values()[random.nextInt(values().length)];
    byte[] broken = mutation.of(file, others, random);
    return random.nextBoolean() ? withChecksums(broken) : broken;
  }

  private static byte[] flipped(byte[] file, int range, SplittableRandom random) {
    byte[] broken = file.clone();
    for (int flips = random.nextInt(1, 9); flips > 0; flips--) {
      broken[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
    }
    return broken;
  }

  private static byte[] joined(byte[] first, byte[] second, byte[] third) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    joined.writeBytes(third);
    return joined.toByteArray();
  }

  /** With a right checksum in every whole chunk, if it is a PNG. */
  static byte[] withChecksums(byte[] file) {
    if (file.length < 8 || !Arrays.equals(file, 0, 8, PNG, 0, 8)) {
      return file;
    }
    ByteBuffer png = ByteBuffer.wrap(file.clone());
    for (int at = 8; at + 12 <= file.length; ) {
      int length = png.getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(png.array(), at + 4, length + 4);
      png.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return png.array();
  }
}
