package io.camaudit.parquet;

import static io.camaudit.parquet.ColumnType.INTEGER;
import static io.camaudit.parquet.ColumnType.TEXT;

import io.camaudit.report.ClassRef;

/** The columns that name a class. */
final class ClassColumns {
  private ClassColumns() {}

  static <R> void add(Column.Part<R, ClassRef> reference) {
    reference
        .column("index", INTEGER, ClassRef::index)
        .column("id", TEXT, ClassRef::id)
        .column("name", TEXT, ClassRef::name);
  }
}
