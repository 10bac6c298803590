package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ReportJson;
import io.camaudit.report.Verdict;
import io.camaudit.stats.SyntheticReports.Habit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatisticsFilesTest {
  private static final DatasetStatistics STATISTICS =
      StatisticsBuilder.of(SyntheticReports.of(8, 6, 30).with(1, Habit.CORNER_STAMP).list());

  @Test
  void jsonReadsBackAsTheSameStatistics() throws IOException {
    byte[] json = StatisticsFiles.json(STATISTICS);
    DatasetStatistics read = ReportJson.mapper().readValue(json, DatasetStatistics.class);
    assertThat(read).isEqualTo(STATISTICS);
    assertThat(StatisticsFiles.json(read)).isEqualTo(json);
  }

  @Test
  void csvHasALineForTheDatasetAndOneAClass() throws IOException {
    List<Map<String, String>> rows = rows(STATISTICS);
    assertThat(rows).hasSize(7);
    assertThat(rows.get(0)).containsEntry("row", "dataset").containsEntry("images", "180");
    Map<String, String> first = rows.get(1);
    ClassStatistics expected = STATISTICS.classes().get(0);
    assertThat(first)
        .containsEntry("row", "class")
        .containsEntry("index", "0")
        .containsEntry("id", "n00000000")
        .containsEntry("name", "class 0");
    assertThat(first.get("flags").split(" "))
        .startsWith("LOOKS_ELSEWHERE")
        .containsExactlyInAnyOrder("LOOKS_ELSEWHERE", "DRAWN_TO_CORNERS", "DRAWN_TO_BORDERS");
    assertThat(Double.parseDouble(first.get("rightReasonRate_low")))
        .isEqualTo(expected.rightReasonRate().low());
    assertThat(Double.parseDouble(first.get("cornerLift")))
        .isEqualTo(expected.numbers().get("cornerLift").mean());
    assertThat(first.get("confusions")).isNotEmpty();
    assertThat(rows.get(2)).containsEntry("flags", "");
  }

  @Test
  void csvCellsAreQuotedAndNeverFormulas() throws IOException {
    float[][] map = {{1, 0}, {0, 0}};
    ClassRef formula = ClassRef.unmatched("=cmd|' /C calc'!A0");
    ClassRef quotes = ClassRef.unmatched("a \"b\", c\nd");
    DatasetStatistics statistics =
        StatisticsBuilder.of(
            List.of(
                TestReports.report("a", formula, 0, null, Verdict.NO_REGION, map, null),
                TestReports.report("b", quotes, 0, null, Verdict.NO_REGION, map, null)));
    List<Map<String, String>> rows = rows(statistics);
    assertThat(rows.get(1)).containsEntry("name", "'=cmd|' /C calc'!A0");
    assertThat(rows.get(2)).containsEntry("name", "a \"b\", c\nd");
  }

  @Test
  void csvOfAnEmptyDatasetHasTheSameColumns() {
    String empty =
        new String(StatisticsFiles.csv(StatisticsBuilder.of(List.of())), StandardCharsets.UTF_8);
    String full = new String(StatisticsFiles.csv(STATISTICS), StandardCharsets.UTF_8);
    assertThat(empty.lines().findFirst()).isEqualTo(full.lines().findFirst());
    assertThat(empty.lines()).hasSize(2);
    assertThat(full).endsWith("\n").doesNotContain("\r").doesNotContain("NaN");
  }

  private static List<Map<String, String>> rows(DatasetStatistics statistics) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(StatisticsFiles.csv(statistics))) {
      return rows.readAll();
    }
  }
}
