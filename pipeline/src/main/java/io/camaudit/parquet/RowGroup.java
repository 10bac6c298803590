package io.camaudit.parquet;

import java.io.IOException;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Rows that are not yet in the file, by column. The steps are those of parquet-java's own record
 * writer, which cannot be used itself without Hadoop.
 */
final class RowGroup {
  private final ColumnChunkPageWriteStore pages =
      new ColumnChunkPageWriteStore(
          new ZstdPages(),
          ExplanationColumns.SCHEMA,
          ExplanationTable.PROPERTIES.getAllocator(),
          ExplanationTable.PROPERTIES.getColumnIndexTruncateLength(),
          ExplanationTable.PROPERTIES.getPageWriteChecksumEnabled());
  private final ColumnWriteStore columns =
      ExplanationTable.PROPERTIES.newColumnWriteStore(ExplanationColumns.SCHEMA, pages);
  private final RecordConsumer consumer =
      new ColumnIOFactory().getColumnIO(ExplanationColumns.SCHEMA).getRecordWriter(columns);
  private long rows;

  void add(Row row) {
    consumer.startMessage();
    for (int i = 0; i < ExplanationColumns.ALL.size(); i++) {
      Column column = ExplanationColumns.ALL.get(i);
      Object value = column.value().apply(row);
      if (value != null) {
        consumer.startField(column.name(), i);
        column.type().add(consumer, value);
        consumer.endField(column.name(), i);
      }
    }
    consumer.endMessage();
    rows++;
  }

  /** Bytes before compression, about. */
  long bytes() {
    return columns.getBufferedSize();
  }

  /** Appends the rows to a file and lets their memory go; no row leaves no group. */
  void writeTo(ParquetFileWriter file) throws IOException {
    try (pages;
        columns) {
      consumer.flush();
      if (rows > 0) {
        file.startBlock(rows);
        columns.flush();
        pages.flushToFileWriter(file);
        file.endBlock();
      }
    }
  }
}
