package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RecordRef;
import io.camaudit.storage.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFilesTest {
  @TempDir private Path run;

  private static ImageReport report(String image, int reasonLength) {
    return ImageReport.failure(image, ImageStatus.CORRUPT, "ü".repeat(reasonLength), null, null);
  }

  private void write(String file, String separator, ImageReport... reports) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ImageReport report : reports) {
      out.writeBytes(ReportJson.line(report));
      out.writeBytes(separator.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    Path path = run.resolve("records").resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, out.toByteArray());
  }

  @Test
  void everyRecordIsVisitedOnceAndFoundAgainByItsPlace() throws IOException {
    // Longer than any buffer, so that lines cross buffers' ends.
    write("part-00000.jsonl", "\n", report("a", 10), report("b", 100_000), report("c", 0));
    write("part-00001.jsonl", "\n\n", report("d", 70_000), report("e", 1));
    Files.writeString(run.resolve("records/notes.txt"), "not a record");
    RecordFiles files = RecordFiles.of(new RunFolder(run.toString()));
    Map<ImageReport, RecordRef> visited = new LinkedHashMap<>();
    files.forEach((report, ref) -> assertThat(visited.put(report, ref)).isNull());
    assertThat(visited.keySet())
        .extracting(ImageReport::image)
        .containsExactly("a", "b", "c", "d", "e");
    for (Map.Entry<ImageReport, RecordRef> entry : visited.entrySet()) {
      assertThat(files.read(entry.getValue())).isEqualTo(entry.getKey());
    }
  }

  @Test
  void aLastLineWithoutItsEndCounts() throws IOException {
    Files.createDirectories(run.resolve("records"));
    Files.write(run.resolve("records/x.jsonl"), ReportJson.line(report("last", 3)));
    RecordFiles.of(new RunFolder(run.toString()))
        .forEach((report, ref) -> assertThat(report.image()).isEqualTo("last"));
  }

  @Test
  void aBrokenLineIsNamedByFileAndNumber() throws IOException {
    write("x.jsonl", "\n", report("a", 1), report("b", 1));
    Path file = run.resolve("records/x.jsonl");
    Files.writeString(file, Files.readString(file) + "{\"schema\": 1, \"ima");
    assertThatThrownBy(
            () -> RecordFiles.of(new RunFolder(run.toString())).forEach((report, ref) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x.jsonl, line 3");
  }

  @Test
  void aFolderWithoutRecordsIsNoRun() {
    assertThatThrownBy(() -> RecordFiles.of(new RunFolder(run.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the output of an audit?");
  }
}
