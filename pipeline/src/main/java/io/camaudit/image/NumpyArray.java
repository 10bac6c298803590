package io.camaudit.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Maps as files of NumPy's own format, version 1.0: little-endian float32. */
public final class NumpyArray {
  private static final int ALIGNMENT = 64;
  private static final int PREFIX = 10;

  private NumpyArray() {}

  /** A map as it is, before ReLU: shape (h, w), row by row. */
  public static byte[] of(SaliencyMap map) {
    return of(map.values(), map.height(), map.width());
  }

  /**
   * Numbers in an array of several dimensions.
   *
   * @param values the last dimension's neighbours side by side
   */
  public static byte[] of(float[] values, int... shape) {
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }",
            Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ")));
    int length = PREFIX + header.length() + 1;
    int padding = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
    String whole = header + " ".repeat(padding) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(PREFIX + whole.length() + Float.BYTES * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 1).put((byte) 0).putShort((short) whole.length());
    file.put(whole.getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }
}
