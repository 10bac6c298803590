package io.camaudit.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads whole files into memory, but never more than a limit. Stateless, so safe for any number of
 * threads.
 */
public final class ImageReader {
  private final long maxBytes;

  /**
   * @param maxBytes the longest file that is read
   */
  public ImageReader(long maxBytes) {
    // One array holds the file, and arrays end at two gigabytes.
    this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 16);
  }

  /** A file that is longer than the limit; nothing of it was kept. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException(long maxBytes) {
      super(String.format(Locale.ROOT, "the file is longer than %,d bytes", maxBytes));
    }
  }

  /**
   * All bytes of the file at {@code location}.
   *
   * @throws TooLongException if it is longer than the limit
   * @throws IOException with a sentence that says why it cannot be read
   */
  public byte[] read(String location) throws IOException {
    try {
      Optional<Path> local = Locations.local(location);
      if (local.isPresent()) {
        if (Files.isDirectory(local.get())) {
          throw new IOException("a directory, not a file");
        }
        RegularFile.check(local.get());
      }
      byte[] bytes = StoredFiles.read(location, (int) maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new TooLongException(maxBytes);
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new IOException("no name that a file can have: " + e.getMessage(), e);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new IOException("the file does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException("no permission to read the file", e);
    } catch (TooLongException e) {
      throw e;
    } catch (IOException e) {
      throw Locations.local(location).isPresent() ? e : new IOException(StorageReason.of(e), e);
    }
  }
}
