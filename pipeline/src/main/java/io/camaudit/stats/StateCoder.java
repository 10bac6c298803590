package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.beam.sdk.coders.CustomCoder;

/** Coder of a class that writes and reads itself. Equal states are equal bytes. */
final class StateCoder<T> extends CustomCoder<T> {
  static final StateCoder<Sums> SUMS = new StateCoder<>(Sums::write, Sums::read);
  static final StateCoder<ClassMeans> CLASS_MEANS =
      new StateCoder<>(ClassMeans::write, ClassMeans::read);
  static final StateCoder<KeyedSample> SAMPLE =
      new StateCoder<>(KeyedSample::write, KeyedSample::read);

  interface Writer<T> extends Serializable {
    void write(T value, OutputStream out) throws IOException;
  }

  interface Reader<T> extends Serializable {
    T read(InputStream in) throws IOException;
  }

  private final Writer<T> writer;
  private final Reader<T> reader;

  StateCoder(Writer<T> writer, Reader<T> reader) {
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    writer.write(value, out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return reader.read(in);
  }

  @Override
  public void verifyDeterministic() {}
}
