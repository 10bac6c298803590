package io.camaudit.strategy;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.stats.Grouping;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RecordRef;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StoredFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The images of a run's classes: one pass finds where they are, then each can be read again. */
final class RunImages {
  private final List<String> files;
  private final Grouping grouping;
  private final Map<ClassRef, List<ImagePlace>> byClass = new HashMap<>();

  private RunImages(List<String> files, Grouping grouping) {
    this.files = files;
    this.grouping = grouping;
  }

  static RunImages of(RunFolder run, Grouping grouping) throws IOException {
    RunImages images = new RunImages(RecordFile.of(run), grouping);
    try (RecordReader records = new RecordReader(images.files)) {
      int file = -1;
      int row = -1;
      while (records.hasNext()) {
        ImageReport report = records.next();
        RecordRef ref = records.place();
        row = ref.file() == file ? row + 1 : 0;
        file = ref.file();
        images.add(report, ImagePlace.of(ref, row));
      }
    }
    return images;
  }

  private void add(ImageReport report, ImagePlace place) {
    for (ClassView view : ClassView.of(report)) {
      ClassRef row = grouping.rowOf(view);
      if (row != null && isExplained(report, view)) {
        byClass.computeIfAbsent(row, key -> new ArrayList<>()).add(place);
      }
    }
  }

  /** Whether the first explanation, which the relevances are of, counts in the view's row. */
  private static boolean isExplained(ImageReport report, ClassView view) {
    return report.first() != null
        && (view.classRef() == null || view.classRef().equals(report.first().target()));
  }

  /** The images of a class's row that have an explanation that counts there, in their order. */
  List<ImagePlace> of(ClassRef row) {
    return byClass.getOrDefault(row, List.of());
  }

  /** Reads again what is counted of one of them. */
  ImageFacts read(ClassRef row, ImagePlace place) throws IOException {
    ImageReport report =
        ReportJson.report(
            StoredFiles.read(files.get(place.file()), place.offset(), place.length()));
    return ClassView.of(report).stream()
        .filter(view -> row.equals(grouping.rowOf(view)))
        .findFirst()
        .map(ImageFacts::of)
        .orElseThrow(() -> new IOException(report.image() + " has changed while it was read"));
  }
}
