package io.camaudit.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.function.BiConsumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** What a column holds: how Parquet declares it and how one value is written. */
enum ColumnType {
  /** {@link Integer}. */
  INTEGER(INT32, null, (out, value) -> out.addInteger((Integer) value)),
  /** {@link Long}. */
  LONG(INT64, null, (out, value) -> out.addLong((Long) value)),
  /** {@link Float}. */
  REAL(FLOAT, null, (out, value) -> out.addFloat((Float) value)),
  /** {@link Double}. */
  LONG_REAL(DOUBLE, null, (out, value) -> out.addDouble((Double) value)),
  /** {@link Boolean}. */
  TRUTH(BOOLEAN, null, (out, value) -> out.addBoolean((Boolean) value)),
  /** Anything by its text, UTF-8. */
  TEXT(
      BINARY,
      LogicalTypeAnnotation.stringType(),
      (out, value) -> out.addBinary(Binary.fromString(value.toString()))),
  /** {@code float[][]}, one row after the other, in Parquet's three-level form of a list. */
  REALS(FLOAT, null, ColumnType::addAll) {
    @Override
    Type declare(Repetition repetition, String name) {
      return Types.list(repetition).requiredElement(FLOAT).named(name);
    }
  };

  private static final String LIST = "list";
  private static final String ELEMENT = "element";

  private final PrimitiveTypeName primitive;
  private final LogicalTypeAnnotation meaning;
  private final BiConsumer<RecordConsumer, Object> add;

  ColumnType(
      PrimitiveTypeName primitive,
      LogicalTypeAnnotation meaning,
      BiConsumer<RecordConsumer, Object> add) {
    this.primitive = primitive;
    this.meaning = meaning;
    this.add = add;
  }

  Type declare(Repetition repetition, String name) {
    return Types.primitive(primitive, repetition).as(meaning).named(name);
  }

  void add(RecordConsumer out, Object value) {
    add.accept(out, value);
  }

  private static void addAll(RecordConsumer out, Object value) {
    out.startGroup();
    out.startField(LIST, 0);
    for (float[] row : (float[][]) value) {
      for (float element : row) {
        out.startGroup();
        out.startField(ELEMENT, 0);
        out.addFloat(element);
        out.endField(ELEMENT, 0);
        out.endGroup();
      }
    }
    out.endField(LIST, 0);
    out.endGroup();
  }
}
