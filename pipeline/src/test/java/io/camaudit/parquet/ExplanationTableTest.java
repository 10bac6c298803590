package io.camaudit.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.camaudit.report.Attention;
import io.camaudit.report.ImageReport;
import io.camaudit.report.RegionFit;
import io.camaudit.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

class ExplanationTableTest {
  /** Left behind as a run for pyarrow, which compares every value. */
  private static final Path FOR_PYARROW = Path.of("target/parquet-fixtures");

  @Test
  void aRowAnExplanationAndARowForEachImageWithoutOne() throws IOException {
    List<Map<String, Object>> rows = ParquetRows.read(table(1 << 20)).rows();
    assertThat(rows).hasSize(4 + 5 + 60);
    assertThat(rows.subList(0, 9))
        .extracting(row -> row.get("image"), row -> row.get("explanation"), row -> row.get("layer"))
        .containsExactly(
            tuple(RichReports.HOSTILE, 0, "b1"),
            tuple(RichReports.HOSTILE, 1, "b2"),
            tuple(RichReports.HOSTILE, 2, "b1"),
            tuple(RichReports.HOSTILE, 3, "b2"),
            tuple("corrupt.jpg", null, null),
            tuple("unreadable.jpg", null, null),
            tuple("empty.png", 0, "b1"),
            tuple("not-finite.png", 0, "b1"),
            tuple("unlabelled.png", 0, "b1"));
  }

  @Test
  void valuesComeBackAsTheyWere() throws IOException {
    Map<String, Object> row = ParquetRows.read(table(1 << 20)).rows().get(2);
    assertThat(row)
        .containsEntry("status", "OK")
        .containsEntry("label_index", 0)
        .containsEntry("label_id", "n02123045")
        .containsEntry("label_name", "tabby, cat")
        .containsEntry("predicted_name", "tabby, cat")
        .containsEntry("confidence", 0.7f)
        .containsEntry("correct", true)
        .containsEntry("verdict", "RIGHT_FOR_RIGHT_REASONS")
        .containsEntry("file_bytes", 12_345L)
        .containsEntry("file_orientation", 6)
        .containsEntry("target_name", "Hund 🐕")
        .containsEntry("why", "rank")
        .containsEntry("score", -0.1f)
        .containsEntry("overlay", "overlays/日本.b1.jpg")
        .containsEntry("map_height", 2)
        .containsEntry("map_width", 3)
        .containsEntry("map_max", Float.MAX_VALUE)
        .containsEntry("map", List.of(-0.0f, Float.MIN_VALUE, -1.5f, Float.MAX_VALUE, 0.1f, 1e-7f))
        .containsEntry("effective_area", 1 / 3.0)
        .containsEntry("dispersion", 1e-300)
        .containsEntry("peak_y", Math.nextDown(1.0))
        .containsEntry("region_energy_share", 0.0)
        .containsEntry("region_pointing_hit", false)
        .containsEntry("reason", null);
  }

  @Test
  void whatIsMissingIsNull() throws IOException {
    List<Map<String, Object>> rows = ParquetRows.read(table(1 << 20)).rows();
    assertThat(rows.get(4))
        .containsEntry("status", "CORRUPT")
        .containsEntry("reason", "The picture ends too early.")
        .containsEntry("label_index", null)
        .containsEntry("label_name", "no such class")
        .containsEntry("file_bytes", 5_000_000_000L)
        .containsEntry("file_width", null);
    List<String> names = List.copyOf(rows.get(4).keySet());
    for (String name : names.subList(names.indexOf("explanation"), names.size())) {
      assertThat(rows.get(4).get(name)).as(name).isNull();
    }
    assertThat(rows.get(6))
        .containsEntry("explanation_status", "EMPTY_MAP")
        .containsEntry("map", List.of(-2f))
        .containsEntry("entropy", null)
        .containsEntry("overlay", null);
    assertThat(rows.get(7))
        .containsEntry("explanation_status", "NOT_FINITE")
        .containsEntry("predicted_index", null)
        .containsEntry("confidence", null)
        .containsEntry("score", null)
        .containsEntry("map_height", 2)
        .containsEntry("map_min", null)
        .containsEntry("map", null);
    assertThat(rows.get(8))
        .containsEntry("label_name", null)
        .containsEntry("correct", null)
        .containsEntry("verdict", null)
        .containsEntry("entropy", 0.1)
        .containsEntry("region_lift", null);
  }

  @Test
  void everyNumberOfAttentionAndRegionHasAColumn() {
    List<String> columns =
        TableFile.schema("explanation", ExplanationColumns.ALL).getFields().stream()
            .map(Type::getName)
            .toList();
    assertThat(columns).doesNotHaveDuplicates();
    assertThat(columns).containsAll(names("", Attention.class));
    assertThat(columns).containsAll(names("region_", RegionFit.class));
  }

  @Test
  void theSameReportsGiveTheSameBytesWhateverTheirRowGroups() throws IOException {
    assertThat(table(1 << 20)).isEqualTo(table(1 << 20));
    ParquetRows one = ParquetRows.read(table(1 << 20));
    ParquetRows many = ParquetRows.read(table(1));
    assertThat(one.footer().getBlocks()).hasSize(1);
    assertThat(many.footer().getBlocks()).hasSize(69);
    assertThat(many.rows()).isEqualTo(one.rows());
    assertThat(one.footer().getFileMetaData().getKeyValueMetaData())
        .containsExactly(Map.entry("camaudit.schema", "1"));
  }

  @Test
  void noRowsAreAFileToo() throws IOException {
    ParquetRows empty = ParquetRows.read(new ExplanationTable().finish());
    assertThat(empty.rows()).isEmpty();
    assertThat(empty.footer().getFileMetaData().getSchema())
        .isEqualTo(TableFile.schema("explanation", ExplanationColumns.ALL));
  }

  @Test
  void hadoopIsNotNeeded() {
    assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
        .as("with Hadoop on the class path these tests would not show that users need none")
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void leavesARunForOtherReaders() throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (ImageReport report : RichReports.all()) {
      records.writeBytes(ReportJson.line(report));
      records.write('\n');
    }
    Files.createDirectories(FOR_PYARROW.resolve("records"));
    Files.createDirectories(FOR_PYARROW.resolve("parquet"));
    for (int part = 0; part < 2; part++) {
      String name = "part-%05d".formatted(part);
      Files.write(FOR_PYARROW.resolve("records/" + name + ".jsonl"), records.toByteArray());
      Files.write(
          FOR_PYARROW.resolve("parquet/" + name + ".parquet"), table(part == 0 ? 1 << 20 : 1));
    }
    assertThat(FOR_PYARROW.resolve("parquet")).isNotEmptyDirectory();
  }

  private static byte[] table(int rowGroupBytes) {
    ExplanationTable table = new ExplanationTable(rowGroupBytes);
    RichReports.all().forEach(table::add);
    return table.finish();
  }

  private static List<String> names(String prefix, Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> prefix + name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
        .toList();
  }
}
