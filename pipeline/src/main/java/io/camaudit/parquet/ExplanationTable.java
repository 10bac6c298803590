package io.camaudit.parquet;

import io.camaudit.report.ImageReport;

/**
 * Reports as a Parquet file, in their order.
 *
 * <pre>{@code
 * ExplanationTable table = new ExplanationTable();
 * reports.forEach(table::add);
 * byte[] file = table.finish();
 * }</pre>
 */
public final class ExplanationTable {
  private final TableFile<Row> file;

  /** An empty table. */
  public ExplanationTable() {
    this(TableFile.ROW_GROUP_BYTES);
  }

  ExplanationTable(int rowGroupBytes) {
    this.file =
        new TableFile<>("explanation", ExplanationColumns.ALL, ImageReport.SCHEMA, rowGroupBytes);
  }

  /** Adds a row for each explanation of the report, or one row if it has none. */
  public void add(ImageReport report) {
    Row.of(report).forEach(file::add);
  }

  /** Closes the table; nothing can be added any more. */
  public byte[] finish() {
    return file.finish();
  }
}
