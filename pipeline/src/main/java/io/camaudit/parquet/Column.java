package io.camaudit.parquet;

import java.util.List;
import java.util.function.Function;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column of a table.
 *
 * @param <R> a row
 * @param always whether every row has a value
 * @param value a row's value; null where it has none
 */
record Column<R>(String name, ColumnType type, boolean always, Function<R, ?> value) {
  Type declare() {
    return type.declare(always ? Repetition.REQUIRED : Repetition.OPTIONAL, name);
  }

  /**
   * Columns that are read from one part of a row; they have no value where the part is missing.
   *
   * @param to list that the columns are added to
   * @param prefix of their names
   */
  record Part<R, S>(List<Column<R>> to, String prefix, Function<R, S> from) {
    /** A column that has a value wherever the part is there and the value is not null. */
    Part<R, S> column(String name, ColumnType type, Function<S, ?> value) {
      return add(name, type, false, value);
    }

    /** A column that has a value in every row. */
    Part<R, S> always(String name, ColumnType type, Function<S, ?> value) {
      return add(name, type, true, value);
    }

    /** A part of this part. */
    <T> Part<R, T> part(String innerPrefix, Function<S, T> inner) {
      return new Part<>(to, innerPrefix, row -> read(row, inner));
    }

    private Part<R, S> add(String name, ColumnType type, boolean always, Function<S, ?> value) {
      to.add(new Column<>(prefix + name, type, always, row -> read(row, value)));
      return this;
    }

    private <T> T read(R row, Function<S, T> value) {
      S part = from.apply(row);
      return part == null ? null : value.apply(part);
    }
  }
}
