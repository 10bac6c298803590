package io.camaudit.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Rows that are not yet in the file, by column. The steps are those of parquet-java's own record
 * writer, which cannot be used itself without Hadoop.
 */
final class RowGroup<R> {
  private final List<Column<R>> table;
  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore columns;
  private final RecordConsumer consumer;
  private long rows;

  RowGroup(MessageType schema, List<Column<R>> table) {
    this.table = table;
    this.pages =
        new ColumnChunkPageWriteStore(
            new ZstdPages(),
            schema,
            TableFile.PROPERTIES.getAllocator(),
            TableFile.PROPERTIES.getColumnIndexTruncateLength(),
            TableFile.PROPERTIES.getPageWriteChecksumEnabled());
    this.columns = TableFile.PROPERTIES.newColumnWriteStore(schema, pages);
    this.consumer = new ColumnIOFactory().getColumnIO(schema).getRecordWriter(columns);
  }

  void add(R row) {
    consumer.startMessage();
    for (int i = 0; i < table.size(); i++) {
      Column<R> column = table.get(i);
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
