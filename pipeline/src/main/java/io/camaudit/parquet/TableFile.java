package io.camaudit.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * One Parquet file, made in memory from rows in their order. The same rows are always the same
 * bytes: the footer names the library and the schema's version, no time and no machine.
 *
 * @param <R> a row
 */
final class TableFile<R> {
  /** Key in the footer; its value is the version of the form that the rows come from. */
  static final String SCHEMA_KEY = "camaudit.schema";

  /**
   * A row group is closed at this size before compression, so that one that is not yet compressed
   * takes bounded memory. A file of 1024 images with maps of 7 x 7 has one row group.
   */
  static final int ROW_GROUP_BYTES = 32 << 20;

  static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          // Hardly a number of a map comes twice.
          .withDictionaryEncoding("map.list.element", false)
          .build();

  private final MemoryFile file = new MemoryFile();
  private final MessageType schema;
  private final List<Column<R>> columns;
  private final int version;
  private final int rowGroupBytes;
  private final ParquetFileWriter writer;
  private RowGroup<R> rowGroup;

  /**
   * An empty table.
   *
   * @param name of a row
   * @param version of the form that the rows come from
   */
  TableFile(String name, List<Column<R>> columns, int version, int rowGroupBytes) {
    this.schema = schema(name, columns);
    this.columns = columns;
    this.version = version;
    this.rowGroupBytes = rowGroupBytes;
    this.rowGroup = new RowGroup<>(schema, columns);
    try {
      writer =
          new ParquetFileWriter(
              file,
              schema,
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

  static <R> MessageType schema(String name, List<Column<R>> columns) {
    return new MessageType(name, columns.stream().map(Column::declare).toList());
  }

  void add(R row) {
    try {
      rowGroup.add(row);
      if (rowGroup.bytes() >= rowGroupBytes) {
        rowGroup.writeTo(writer);
        rowGroup = new RowGroup<>(schema, columns);
      }
    } catch (IOException e) {
      throw inMemory(e);
    }
  }

  /** Closes the table; nothing can be added any more. */
  byte[] finish() {
    try (writer) {
      rowGroup.writeTo(writer);
      writer.end(Map.of(SCHEMA_KEY, String.valueOf(version)));
    } catch (IOException e) {
      throw inMemory(e);
    }
    return file.bytes();
  }

  private static UncheckedIOException inMemory(IOException e) {
    return new UncheckedIOException("writing to memory failed", e);
  }
}
