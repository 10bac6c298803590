package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordFileTest {
  @TempDir Path folder;

  @BeforeAll
  static void knowFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void dealsFilesOutByTheirBytes() throws IOException {
    write("a.jsonl", "x".repeat(100));
    write("b.jsonl", "x".repeat(60));
    write("c.jsonl", "x".repeat(30));
    write("d.jsonl", "");
    write("e.txt", "not matched");
    RunFolder run = new RunFolder(folder.toString());
    List<List<String>> parts = RecordFile.deal(run, 2);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0)).singleElement().asString().endsWith("a.jsonl");
    assertThat(parts.get(1)).hasSize(3);
    assertThat(RecordFile.deal(run, 9)).hasSize(4);
    assertThat(RecordFile.deal(new RunFolder(folder + "/none"), 9)).isEmpty();
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    ImageReport report =
        ImageReport.failure("a.jpg", ImageStatus.CORRUPT, "It ends too early.", null, null);
    String line = new String(ReportJson.line(report), StandardCharsets.UTF_8);
    Path file = write("bad.jsonl", line + "\n" + line.substring(0, 20));
    List<ImageReport> read = new ArrayList<>();
    assertThatThrownBy(() -> RecordFile.read(List.of(file.toString()), read::add))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("bad.jsonl, line 2: not the record of an image");
    assertThat(read).hasSize(1);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(
        Files.createDirectories(folder.resolve("records")).resolve(name), text);
  }
}
