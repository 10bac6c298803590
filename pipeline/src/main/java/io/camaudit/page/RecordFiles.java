package io.camaudit.page;

import io.camaudit.UserException;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StoredFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The run's {@code records/*.jsonl}: read once from end to end, later single lines again. */
final class RecordFiles {
  /** What is done with each record of a pass. */
  @FunctionalInterface
  interface Visitor {
    void visit(ImageReport report, RecordRef ref);
  }

  private final List<String> files;

  private RecordFiles(List<String> files) {
    this.files = files;
  }

  /** The record files of a run, by name. */
  static RecordFiles of(RunFolder run) throws IOException {
    List<String> files = RecordFile.of(run);
    if (files.isEmpty()) {
      throw UserException.wrongArguments(
          "%s is missing: is %s the output of an audit?", run.locate("records"), run.root());
    }
    return new RecordFiles(files);
  }

  /** Passes once over all records. Empty lines are skipped. */
  void forEach(Visitor visitor) throws IOException {
    for (int file = 0; file < files.size(); file++) {
      try (InputStream in = new BufferedInputStream(StoredFiles.open(files.get(file)), 1 << 16)) {
        scan(file, in, visitor);
      }
    }
  }

  private void scan(int file, InputStream in, Visitor visitor) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    byte[] buffer = new byte[1 << 16];
    long start = 0;
    long lineNumber = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      int from = 0;
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, from, i - from);
          lineNumber++;
          visit(file, start, lineNumber, line.toByteArray(), visitor);
          start += line.size() + 1L;
          line.reset();
          from = i + 1;
        }
      }
      line.write(buffer, from, read - from);
    }
    visit(file, start, lineNumber + 1, line.toByteArray(), visitor);
  }

  private void visit(int file, long offset, long lineNumber, byte[] line, Visitor visitor)
      throws IOException {
    if (line.length == 0) {
      return;
    }
    ImageReport report;
    try {
      report = ReportJson.report(line);
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "%s, line %d: not the record of an image (%s); run the audit again.",
          files.get(file), lineNumber, firstLine(e));
    }
    visitor.visit(report, new RecordRef(file, offset, line.length));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Reads one record again. */
  ImageReport read(RecordRef ref) throws IOException {
    return ReportJson.report(StoredFiles.read(files.get(ref.file()), ref.offset(), ref.length()));
  }
}
