package io.camaudit.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The vectors of a block's images as a file holds them: a head, then a row an image in the
 * listing's order, all of one length, so that each can be found. All numbers are little-endian.
 *
 * <ul>
 *   <li>head: {@code CAMCHAN1}; int32 rows; int32 channels, C; int32 vectors a row, 3 in a run with
 *       regions, else 2; int32 0;
 *   <li>row: int32 target, −1 for an image without vectors; float32 [C] relevance; float32 [C]
 *       pooled; in a run with regions float32 [C] inside, not a number for an image without one.
 * </ul>
 */
public final class ChannelBlock {
  private static final byte[] MAGIC = "CAMCHAN1".getBytes(StandardCharsets.US_ASCII);

  /** Bytes before the first row. */
  static final int HEAD = 24;

  private static final int NONE = -1;

  private final int rows;
  private final int channels;
  private final boolean regions;
  private final ByteBuffer bytes;

  /**
   * A block without vectors yet.
   *
   * @param regions whether the run has regions
   */
  public ChannelBlock(int rows, int channels, boolean regions) {
    this(
        rows,
        channels,
        regions,
        ByteBuffer.allocate(Math.toIntExact(HEAD + rows * (long) rowLength(channels, regions))));
    bytes.put(MAGIC).putInt(rows).putInt(channels).putInt(regions ? 3 : 2);
    for (int row = 0; row < rows; row++) {
      bytes.putInt(at(row), NONE);
    }
  }

  private ChannelBlock(int rows, int channels, boolean regions, ByteBuffer bytes) {
    this.rows = rows;
    this.channels = channels;
    this.regions = regions;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads what {@link #bytes} gave.
   *
   * @throws IOException if it is something else, or not all of it
   */
  public static ChannelBlock read(byte[] file) throws IOException {
    Head head = Head.read(file);
    if (file.length != HEAD + head.rows * (long) head.rowLength()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%,d bytes are not %d rows of %,d",
              file.length,
              head.rows,
              head.rowLength()));
    }
    return new ChannelBlock(head.rows, head.channels, head.regions, ByteBuffer.wrap(file));
  }

  /** What stands before the rows. */
  record Head(int rows, int channels, boolean regions) {
    static Head read(byte[] bytes) throws IOException {
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.length < HEAD || !Arrays.equals(MAGIC, 0, 8, bytes, 0, 8)) {
        throw new IOException("it does not begin as a file of channels does");
      }
      in.position(MAGIC.length);
      int rows = in.getInt();
      int channels = in.getInt();
      int vectors = in.getInt();
      if (rows < 0 || channels < 1 || vectors < 2 || vectors > 3) {
        throw new IOException("its head is damaged");
      }
      return new Head(rows, channels, vectors == 3);
    }

    int rowLength() {
      return ChannelBlock.rowLength(channels, regions);
    }
  }

  private static int rowLength(int channels, boolean regions) {
    return Math.addExact(
        Integer.BYTES, Math.multiplyExact(channels, Float.BYTES * (regions ? 3 : 2)));
  }

  private int at(int row) {
    return HEAD + row * rowLength(channels, regions);
  }

  /** The vectors of an image; null for one without. */
  public void put(int row, ChannelVectors vectors) {
    if (vectors == null) {
      return;
    }
    bytes.position(at(row));
    bytes.putInt(vectors.target());
    put(vectors.relevance());
    put(vectors.pooled());
    if (regions && vectors.inside() == null) {
      float[] unknown = new float[channels];
      Arrays.fill(unknown, Float.NaN);
      put(unknown);
    } else if (regions) {
      put(vectors.inside());
    }
  }

  private void put(float[] values) {
    if (values.length != channels) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d channels, not %d", values.length, channels));
    }
    bytes.asFloatBuffer().put(values);
    bytes.position(bytes.position() + Float.BYTES * channels);
  }

  /** The vectors of an image; null for one without. */
  public ChannelVectors get(int row) {
    bytes.position(at(row));
    return next(bytes, channels, regions);
  }

  /** Reads the row that a buffer stands at; null for an image without vectors. */
  static ChannelVectors next(ByteBuffer in, int channels, boolean regions) {
    int target = in.getInt();
    if (target == NONE) {
      return null;
    }
    float[] relevance = floats(in, channels);
    float[] pooled = floats(in, channels);
    float[] inside = regions ? floats(in, channels) : null;
    boolean known = inside != null && !Float.isNaN(inside[0]);
    return new ChannelVectors(target, relevance, pooled, known ? inside : null);
  }

  /** Reads the relevance of the row that a buffer stands at; null for an image without vectors. */
  static float[] relevance(ByteBuffer in, int channels) {
    return in.getInt() == NONE ? null : floats(in, channels);
  }

  private static float[] floats(ByteBuffer in, int length) {
    float[] values = new float[length];
    in.asFloatBuffer().get(values);
    in.position(in.position() + Float.BYTES * length);
    return values;
  }

  /** How many images it is for. */
  public int rows() {
    return rows;
  }

  public int channels() {
    return channels;
  }

  /** Whether rows have room for what lies within regions. */
  public boolean hasRegions() {
    return regions;
  }

  /** The file's content; not copied. */
  public byte[] bytes() {
    return bytes.array();
  }
}
