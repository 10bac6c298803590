package io.camaudit.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * The reports in record files, one after the other. Reads ahead by one line; an {@link IOException}
 * comes as {@link UncheckedIOException}.
 */
public final class RecordReader implements Iterator<ImageReport>, AutoCloseable {
  private final Iterator<String> files;
  private String file;
  private BufferedReader lines;
  private long number;
  private String next;

  public RecordReader(List<String> files) {
    this.files = List.copyOf(files).iterator();
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public ImageReport next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    ImageReport report = report();
    advance();
    return report;
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }

  private void advance() {
    try {
      next = lines == null ? null : lines.readLine();
      number++;
      while (next == null && files.hasNext()) {
        close();
        file = files.next();
        lines =
            new BufferedReader(
                new InputStreamReader(StoredFiles.openShort(file), StandardCharsets.UTF_8));
        next = lines.readLine();
        number = 1;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ImageReport report() {
    try {
      return ReportJson.report(next.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          new IOException(
              String.format(
                  Locale.ROOT,
                  "%s, line %d is no image report: %s; write the records again",
                  file,
                  number,
                  e.getOriginalMessage()),
              e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
