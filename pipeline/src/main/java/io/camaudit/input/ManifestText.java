package io.camaudit.input;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.camaudit.UserException;
import io.camaudit.storage.Locations;
import io.camaudit.storage.StoredFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Opens a text in the encoding that it has: UTF-8, UTF-16 as spreadsheets' "Unicode text", or
 * Windows-1252 where it is not UTF-8, which is told.
 */
final class ManifestText {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** Enough to tell by: every character of a list's first lines is ASCII, or most are. */
  private static final int BYTES_LOOKED_AT = 4096;

  private ManifestText() {}

  /**
   * Opens the text at its first character.
   *
   * @param notes takes a sentence if the encoding had to be guessed
   * @throws UserException if it is no text
   */
  static BufferedReader open(String location, Consumer<String> notes) throws IOException {
    Path local = Locations.local(location).orElse(null);
    if (local != null && Files.exists(local) && !Files.isRegularFile(local)) {
      // It would be waited for, and can be read once only.
      throw UserException.wrongArguments(
          "%s is a pipe or a device: write the list into a file.", location);
    }
    byte[] first;
    try (InputStream in = StoredFiles.open(location)) {
      first = in.readNBytes(BYTES_LOOKED_AT);
    }
    Charset charset = marked(first);
    boolean mark = charset != null;
    if (charset == null) {
      charset = unmarked(location, first);
    }
    if (charset == null) {
      charset = isUtf8(location) ? UTF_8 : WINDOWS;
      if (charset.equals(WINDOWS)) {
        notes.accept(location + " is not UTF-8 and was read as Windows-1252.");
      }
    }
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(StoredFiles.open(location), charset));
    if (mark) {
      reader.read(); // the byte order mark, which would become part of the first name
    }
    return reader;
  }

  private static Charset marked(byte[] first) {
    if (starts(first, 0xef, 0xbb, 0xbf)) {
      return UTF_8;
    }
    return starts(first, 0xff, 0xfe) ? UTF_16LE : starts(first, 0xfe, 0xff) ? UTF_16BE : null;
  }

  /** UTF-16 without a mark shows by its zeros; other files with zeros are no texts. */
  private static Charset unmarked(String location, byte[] first) {
    int[] zeros = new int[2];
    for (int i = 0; i < first.length; i++) {
      zeros[i % 2] += first[i] == 0 ? 1 : 0;
    }
    if (zeros[0] + zeros[1] == 0 && !hasControls(first)) {
      return null;
    }
    if ((zeros[0] == 0 || zeros[1] == 0) && zeros[0] + zeros[1] > first.length / 4) {
      return zeros[0] == 0 ? UTF_16LE : UTF_16BE;
    }
    throw UserException.wrongArguments(
        "%s is neither an image nor a list of images: --input is a folder, a pattern, an image, or a"
            + " list as CSV, JSON, JSON Lines or text.",
        location);
  }

  /** Whether there are bytes that no text has in any encoding of one or more bytes a character. */
  private static boolean hasControls(byte[] first) {
    for (byte b : first) {
      if (b >= 0 && b < ' ' && "\t\n\u000b\f\r\u001a\u001b".indexOf(b) < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUtf8(String location) throws IOException {
    char[] buffer = new char[1 << 16];
    try (Reader reader = new InputStreamReader(StoredFiles.open(location), UTF_8.newDecoder())) {
      while (reader.read(buffer) >= 0) {
        // Only whether it can be decoded matters.
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean starts(byte[] bytes, int... wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
