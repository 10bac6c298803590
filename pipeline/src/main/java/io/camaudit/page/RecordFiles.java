package io.camaudit.page;

import io.camaudit.UserException;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RecordRef;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StoredFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  /** Passes once over all records. */
  void forEach(Visitor visitor) throws IOException {
    try (RecordReader records = new RecordReader(files)) {
      while (records.hasNext()) {
        ImageReport report = records.next();
        visitor.visit(report, records.place());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Reads one record again. */
  ImageReport read(RecordRef ref) throws IOException {
    return ReportJson.report(StoredFiles.read(files.get(ref.file()), ref.offset(), ref.length()));
  }
}
