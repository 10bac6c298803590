package io.camaudit.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The form of all CSV files of a run: UTF-8, comma, LF, a head; empty where absent. The same values
 * are always the same bytes. A text that a spreadsheet would run as a formula has an apostrophe
 * before it, and so has one that looks as if it had one already: reading takes one away again.
 */
public final class CsvTable {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r\n].*", Pattern.DOTALL);

  private CsvTable() {}

  /**
   * Writes a table.
   *
   * @param columns the head
   * @param rows values by column; texts, numbers, booleans, null for absent
   */
  public static byte[] of(Iterable<String> columns, Iterable<Map<String, Object>> rows) {
    CsvSchema.Builder schema = CsvSchema.builder();
    columns.forEach(schema::addColumn);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator csv = CSV.getFactory().createGenerator(out)) {
      csv.setSchema(schema.build().withHeader().withLineSeparator("\n"));
      for (Map<String, Object> row : rows) {
        Map<String, Object> cells = new LinkedHashMap<>(row);
        cells.replaceAll((column, value) -> value instanceof String text ? safe(text) : value);
        CSV.writeValue(csv, cells);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * Reads a table.
   *
   * @param reader takes a row's texts by column, empty where absent
   */
  public static <T> List<T> read(byte[] csv, Function<Map<String, String>, T> reader)
      throws IOException {
    List<T> rows = new ArrayList<>();
    try (MappingIterator<Map<String, String>> lines =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(csv)) {
      while (lines.hasNextValue()) {
        Map<String, String> row = new LinkedHashMap<>(lines.nextValue());
        row.replaceAll((column, text) -> plain(text));
        rows.add(reader.apply(row));
      }
    }
    return rows;
  }

  private static String safe(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  private static String plain(String text) {
    boolean guarded = text.startsWith("'") && FORMULA.matcher(text).matches();
    return guarded ? text.substring(1) : text;
  }
}
