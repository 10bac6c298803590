package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import io.camaudit.report.Verdict;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;

/** The pieces that the binary forms of this package are made of. None reads past its own end. */
final class Wire {
  private static final Coder<String> TEXT = NullableCoder.of(StringUtf8Coder.of());

  private Wire() {}

  static void writeCount(long value, OutputStream out) throws IOException {
    VarInt.encode(value, out);
  }

  static long readCount(InputStream in) throws IOException {
    return VarInt.decodeLong(in);
  }

  /** Index of an enum's constant, one up; 0 for null. */
  static void writeEnum(Enum<?> value, OutputStream out) throws IOException {
    VarInt.encode(value == null ? 0L : value.ordinal() + 1L, out);
  }

  static <E extends Enum<E>> E readEnum(E[] values, InputStream in) throws IOException {
    int index = (int) VarInt.decodeLong(in) - 1;
    return index < 0 ? null : values[index];
  }

  static void writeLong(long value, OutputStream out) throws IOException {
    new DataOutputStream(out).writeLong(value);
  }

  static long readLong(InputStream in) throws IOException {
    return new DataInputStream(in).readLong();
  }

  static void writeInt(int value, OutputStream out) throws IOException {
    new DataOutputStream(out).writeInt(value);
  }

  static int readInt(InputStream in) throws IOException {
    return new DataInputStream(in).readInt();
  }

  static void writeDouble(double value, OutputStream out) throws IOException {
    writeLong(Double.doubleToLongBits(value), out);
  }

  static double readDouble(InputStream in) throws IOException {
    return Double.longBitsToDouble(readLong(in));
  }

  static void writeText(String text, OutputStream out) throws IOException {
    TEXT.encode(text, out);
  }

  static String readText(InputStream in) throws IOException {
    return TEXT.decode(in);
  }

  static void writeClass(ClassRef value, OutputStream out) throws IOException {
    if (value == null) {
      writeCount(0, out);
      return;
    }
    writeCount(value.index() == null ? 1L : value.index() + 2L, out);
    writeText(value.id(), out);
    writeText(value.name(), out);
  }

  static ClassRef readClass(InputStream in) throws IOException {
    long index = readCount(in);
    if (index == 0) {
      return null;
    }
    String id = readText(in);
    return new ClassRef(index == 1 ? null : (int) (index - 2), id, readText(in));
  }

  static void writeExample(Example example, OutputStream out) throws IOException {
    writeText(example.image(), out);
    writeText(example.overlay(), out);
    writeClass(example.predicted(), out);
    writeEnum(example.verdict(), out);
    writeDouble(example.value(), out);
  }

  static Example readExample(InputStream in) throws IOException {
    return new Example(
        readText(in), readText(in), readClass(in), readEnum(Verdict.values(), in), readDouble(in));
  }
}
