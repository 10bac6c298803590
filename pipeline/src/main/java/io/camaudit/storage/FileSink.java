package io.camaudit.storage;

/** Takes whole files. */
@FunctionalInterface
public interface FileSink {
  /**
   * Writes a file, whole or not at all.
   *
   * @param relativePath with forward slashes; folders on the way are made
   * @throws io.camaudit.UserException if it cannot be written
   */
  void write(String relativePath, byte[] bytes);
}
