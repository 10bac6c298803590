package io.camaudit.parquet;

import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * One Parquet file, made in memory from reports in their order. The same reports are always the
 * same bytes: the footer names the library and the schema's version, no time and no machine.
 *
 * <pre>{@code
 * ExplanationTable table = new ExplanationTable();
 * reports.forEach(table::add);
 * byte[] file = table.finish();
 * }</pre>
 */
public final class ExplanationTable {
  /** Key in the footer; its value is {@link ImageReport#SCHEMA}. */
  static final String SCHEMA_KEY = "camaudit.schema";

  /**
   * A row group is closed at this size before compression, so that one that is not yet compressed
   * takes bounded memory. A file of 1024 images with maps of 7 x 7 has one row group.
   */
  private static final int ROW_GROUP_BYTES = 32 << 20;

  static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          // Hardly a number of a map comes twice.
          .withDictionaryEncoding("map.list.element", false)
          .build();

  private final MemoryFile file = new MemoryFile();
  private final int rowGroupBytes;
  private final ParquetFileWriter writer;
  private RowGroup rowGroup = new RowGroup();

  /** An empty table. */
  public ExplanationTable() {
    this(ROW_GROUP_BYTES);
  }

  ExplanationTable(int rowGroupBytes) {
    this.rowGroupBytes = rowGroupBytes;
    try {
      writer =
          new ParquetFileWriter(
              file,
              ExplanationColumns.SCHEMA,
              ParquetFileWriter.Mode.OVERWRITE,
              rowGroupBytes,
              0,
              PROPERTIES.getColumnIndexTruncateLength(),
              PROPERTIES.getStatisticsTruncateLength(),
              PROPERTIES.getPageWriteChecksumEnabled());
      writer.start();
    } catch (IOException e) {
      throw inMemory(e);
    }
  }

  /** Adds a row for each explanation of the report, or one row if it has none. */
  public void add(ImageReport report) {
    try {
      for (Row row : Row.of(report)) {
        rowGroup.add(row);
        if (rowGroup.bytes() >= rowGroupBytes) {
          rowGroup.writeTo(writer);
          rowGroup = new RowGroup();
        }
      }
    } catch (IOException e) {
      throw inMemory(e);
    }
  }

  /** Closes the table; nothing can be added any more. */
  public byte[] finish() {
    try (writer) {
      rowGroup.writeTo(writer);
      writer.end(Map.of(SCHEMA_KEY, String.valueOf(ImageReport.SCHEMA)));
    } catch (IOException e) {
      throw inMemory(e);
    }
    return file.bytes();
  }

  private static UncheckedIOException inMemory(IOException e) {
    return new UncheckedIOException("writing to memory failed", e);
  }
}
