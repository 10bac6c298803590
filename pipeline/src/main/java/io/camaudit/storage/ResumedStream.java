package io.camaudit.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * A remote file from its beginning, opened again where it broke off when a connection is lost. What
 * was read already is read past, so a file must not be another by then: runs write theirs once.
 */
final class ResumedStream extends InputStream {
  /** Opens the file from its beginning. */
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  private final Opening file;
  private InputStream in;
  private long offset;

  /**
   * @throws IOException if the file cannot be opened, after transient errors have lasted
   */
  ResumedStream(Opening file) throws IOException {
    this.file = file;
    this.in = Retries.run(file::open);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = Retries.run(() -> readOnce(bytes, from, length));
    offset += Math.max(0, read);
    return read;
  }

  private int readOnce(byte[] bytes, int from, int length) throws IOException {
    try {
      if (in == null) {
        in = file.open();
        in.skipNBytes(offset);
      }
      return in.read(bytes, from, length);
    } catch (IOException | RuntimeException e) {
      InputStream broken = in;
      in = null;
      try (broken) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
