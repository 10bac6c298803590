package io.camaudit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  private static final List<String> TEXTS =
      List.of("plain", "=1+1", "'=1+1", "''-x", "'quoted'", "a, \"b\"\nc", "@x", "", "'", "\tx");

  @Test
  void whatASpreadsheetWouldRunIsGuardedAndReadBackAsItWas() throws IOException {
    byte[] csv =
        CsvTable.of(List.of("name", "number"), TEXTS.stream().map(CsvTableTest::row)::iterator);
    assertThat(new String(csv, StandardCharsets.UTF_8).lines().map(line -> line.replace("\"", "")))
        .startsWith("name,number", "plain,-1.5", "'=1+1,-1.5", "''=1+1,-1.5", "'''-x,-1.5")
        .anyMatch(line -> line.startsWith("'@x,"));
    assertThat(CsvTable.read(csv, row -> row.get("name"))).isEqualTo(TEXTS);
    assertThat(CsvTable.read(csv, row -> row.get("number"))).containsOnly("-1.5");
  }

  private static Map<String, Object> row(String text) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", text);
    row.put("number", -1.5);
    return row;
  }
}
