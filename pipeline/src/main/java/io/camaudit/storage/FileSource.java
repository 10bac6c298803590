package io.camaudit.storage;

import java.io.IOException;

/** Gives the contents of files, one after the other, in an order that both sides know. */
@FunctionalInterface
public interface FileSource {
  /**
   * All bytes of the next file.
   *
   * @throws ImageReader.TooLongException if it is longer than may be read
   * @throws IOException with a sentence that says why it cannot be read; the file after it is next
   */
  byte[] next() throws IOException;
}
