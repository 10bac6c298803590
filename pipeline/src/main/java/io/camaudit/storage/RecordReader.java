package io.camaudit.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.ParseReason;
import io.camaudit.UserException;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The reports in record files, one after the other, and where each of them stands. Empty lines are
 * passed over, and a last line counts without its end. Reads ahead by one line, and by files where
 * they lie elsewhere; an {@link IOException} comes as {@link UncheckedIOException}.
 */
public final class RecordReader implements Iterator<ImageReport>, AutoCloseable {
  private final List<String> files;

  private final FilesInTurn opened;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
  private final byte[] buffer = new byte[1 << 16];
  private InputStream in;
  private int at;
  private int filled;

  /** The file that is read, by its position in the list; before the first it is -1. */
  private int file = -1;

  private long lineNumber;
  private long nextOffset;
  private RecordRef following;
  private RecordRef last;

  public RecordReader(List<String> files) {
    this.files = List.copyOf(files);
    this.opened = new FilesInTurn(this.files);
    advance();
  }

  @Override
  public boolean hasNext() {
    return following != null;
  }

  /**
   * @throws UserException if the line is no image's record
   */
  @Override
  public ImageReport next() {
    if (following == null) {
      throw new NoSuchElementException();
    }
    ImageReport report;
    try {
      report = ReportJson.report(line.toByteArray());
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "%s, line %d: not the record of an image (%s); run the audit again.",
          files.get(following.file()), lineNumber, reason(e));
    }
    last = following;
    advance();
    return report;
  }

  /** Where the report stands that {@link #next} gave last. */
  public RecordRef place() {
    return last;
  }

  @Override
  public void close() throws IOException {
    closeFile();
    opened.close();
  }

  private void closeFile() throws IOException {
    if (in != null) {
      in.close();
    }
  }

  private void advance() {
    try {
      following = null;
      while (following == null && (in != null || openNext())) {
        long start = nextOffset;
        if (!readLine()) {
          closeFile();
          in = null;
        }
        if (line.size() > 0) {
          following = new RecordRef(file, start, line.size());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean openNext() throws IOException {
    if (!opened.hasNext()) {
      return false;
    }
    in = opened.next();
    file++;
    at = 0;
    filled = 0;
    lineNumber = 0;
    nextOffset = 0;
    return true;
  }

  /**
   * @return whether the line had an end, after which there may be another
   */
  private boolean readLine() throws IOException {
    line.reset();
    lineNumber++;
    boolean ended = false;
    while (!ended && (at < filled || fill())) {
      int from = at;
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, from, at - from);
      ended = at < filled;
      at += ended ? 1 : 0;
    }
    nextOffset += line.size() + 1L;
    return ended;
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  private static String reason(IOException e) {
    return e instanceof JsonProcessingException parsing
        ? ParseReason.of(parsing, "no JSON")
        : StorageReason.of(e);
  }
}
