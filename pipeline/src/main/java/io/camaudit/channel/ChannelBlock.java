package io.camaudit.channel;

import io.camaudit.savedmodel.ChannelSums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The vectors of a block's images as a file holds them: a head, then a row an image in the
 * listing's order, all of one length, so that each can be found. All numbers are little-endian.
 *
 * <ul>
 *   <li>head: {@code CAMCHAN1}; int32 rows; int32 channels, C; int32 vectors a row, 3 in a run with
 *       regions, else 2; int32 heats a row, {@value ChannelSums#LOUDEST}; int32 height and int32
 *       width of a map;
 *   <li>row: int32 target, −1 for an image without vectors; float32 [C] relevance; float32 [C]
 *       pooled; in a run with regions float32 [C] inside, not a number for an image without one;
 *       then for each heat int32 channel, −1 for none, float32 peak, uint8 [height · width].
 * </ul>
 */
public final class ChannelBlock {
  private static final byte[] MAGIC = "CAMCHAN1".getBytes(StandardCharsets.US_ASCII);

  /** Bytes before the first row. */
  static final int HEAD = 32;

  private static final int NONE = -1;

  private final int rows;
  private final VectorShape shape;
  private final ByteBuffer bytes;

  /** A block without vectors yet. */
  public ChannelBlock(int rows, VectorShape shape) {
    this(rows, shape, ByteBuffer.allocate(Math.toIntExact(HEAD + rows * (long) shape.rowLength())));
    bytes.put(MAGIC).putInt(rows).putInt(shape.channels()).putInt(shape.vectors());
    bytes.putInt(ChannelSums.LOUDEST).putInt(shape.height()).putInt(shape.width());
    for (int row = 0; row < rows; row++) {
      bytes.putInt(at(row), NONE);
    }
  }

  private ChannelBlock(int rows, VectorShape shape, ByteBuffer bytes) {
    this.rows = rows;
    this.shape = shape;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads what {@link #bytes} gave.
   *
   * @throws IOException if it is something else, or not all of it
   */
  public static ChannelBlock read(byte[] file) throws IOException {
    Head head = Head.read(file);
    if (file.length != HEAD + head.rows * (long) head.shape.rowLength()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%,d bytes are not %d rows of %,d",
              file.length,
              head.rows,
              head.shape.rowLength()));
    }
    return new ChannelBlock(head.rows, head.shape, ByteBuffer.wrap(file));
  }

  /** What stands before the rows. */
  record Head(int rows, VectorShape shape) {
    static Head read(byte[] bytes) throws IOException {
      if (bytes.length < HEAD || !Arrays.equals(MAGIC, 0, 8, bytes, 0, 8)) {
        throw new IOException("it does not begin as a file of channels does");
      }
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      in.position(MAGIC.length);
      int rows = in.getInt();
      int channels = in.getInt();
      int vectors = in.getInt();
      int heats = in.getInt();
      int height = in.getInt();
      int width = in.getInt();
      boolean possible = rows >= 0 && channels > 0 && height > 0 && width > 0;
      if (!possible || vectors < 2 || vectors > 3 || heats != ChannelSums.LOUDEST) {
        throw new IOException("its head is damaged");
      }
      return new Head(rows, new VectorShape(channels, height, width, vectors == 3));
    }
  }

  private int at(int row) {
    return HEAD + row * shape.rowLength();
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
    if (shape.regions() && vectors.inside() == null) {
      float[] unknown = new float[shape.channels()];
      Arrays.fill(unknown, Float.NaN);
      put(unknown);
    } else if (shape.regions()) {
      put(vectors.inside());
    }
    for (int i = 0; i < ChannelSums.LOUDEST; i++) {
      put(i < vectors.heats().size() ? vectors.heats().get(i) : null);
    }
  }

  private void put(float[] values) {
    check(values.length, shape.channels());
    bytes.asFloatBuffer().put(values);
    bytes.position(bytes.position() + Float.BYTES * values.length);
  }

  private void put(ChannelHeat heat) {
    int cells = shape.height() * shape.width();
    if (heat == null) {
      bytes.putInt(NONE).putFloat(0).put(new byte[cells]);
    } else {
      check(heat.cells().length, cells);
      bytes.putInt(heat.channel()).putFloat(heat.peak()).put(heat.cells());
    }
  }

  private static void check(int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d numbers, not %d", length, expected));
    }
  }

  /** The vectors of an image; null for one without. */
  public ChannelVectors get(int row) {
    bytes.position(at(row));
    return next(bytes, shape);
  }

  /** Reads the row that a buffer stands at; null for an image without vectors. */
  static ChannelVectors next(ByteBuffer in, VectorShape shape) {
    int target = in.getInt();
    if (target == NONE) {
      return null;
    }
    float[] relevance = floats(in, shape.channels());
    float[] pooled = floats(in, shape.channels());
    float[] inside = shape.regions() ? floats(in, shape.channels()) : null;
    List<ChannelHeat> heats = new ArrayList<>();
    for (int i = 0; i < ChannelSums.LOUDEST; i++) {
      int channel = in.getInt();
      float peak = in.getFloat();
      byte[] cells = new byte[shape.height() * shape.width()];
      in.get(cells);
      if (channel != NONE) {
        heats.add(new ChannelHeat(channel, peak, cells));
      }
    }
    boolean known = inside != null && !Float.isNaN(inside[0]);
    return new ChannelVectors(target, relevance, pooled, known ? inside : null, heats);
  }

  /** Reads the beginning of the row that a buffer stands at; null for an image without vectors. */
  static float[] relevance(ByteBuffer in, VectorShape shape) {
    return in.getInt() == NONE ? null : floats(in, shape.channels());
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

  public VectorShape shape() {
    return shape;
  }

  /** The file's content; not copied. */
  public byte[] bytes() {
    return bytes.array();
  }
}
