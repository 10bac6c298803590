package io.camaudit.parquet;

import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;

/** Reads a Parquet file without Hadoop, which parquet-java's own file reader needs. */
record ParquetRows(ParquetMetadata footer, List<Map<String, Object>> rows) {
  static ParquetRows read(byte[] file) throws IOException {
    int footerLength =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - Long.BYTES);
    ParquetMetadata footer =
        new ParquetMetadataConverter()
            .readParquetMetadata(
                new ByteArrayInputStream(
                    file, file.length - Long.BYTES - footerLength, footerLength));
    MessageType schema = footer.getFileMetaData().getSchema();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (BlockMetaData block : footer.getBlocks()) {
      RecordReader<Group> reader =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages(file, block), new GroupRecordConverter(schema));
      for (long i = 0; i < block.getRowCount(); i++) {
        rows.add(row(schema, reader.read()));
      }
    }
    return new ParquetRows(footer, rows);
  }

  private static Map<String, Object> row(MessageType schema, Group group) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < schema.getFieldCount(); i++) {
      row.put(
          schema.getFieldName(i), group.getFieldRepetitionCount(i) == 0 ? null : value(group, i));
    }
    return row;
  }

  private static Object value(Group group, int field) {
    if (!group.getType().getType(field).isPrimitive()) {
      Group list = group.getGroup(field, 0);
      List<Float> values = new ArrayList<>();
      for (int i = 0; i < list.getFieldRepetitionCount("list"); i++) {
        values.add(list.getGroup("list", i).getFloat("element", 0));
      }
      return values;
    }
    return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> group.getInteger(field, 0);
      case INT64 -> group.getLong(field, 0);
      case FLOAT -> group.getFloat(field, 0);
      case DOUBLE -> group.getDouble(field, 0);
      case BOOLEAN -> group.getBoolean(field, 0);
      case BINARY -> {
        if (!LogicalTypeAnnotation.stringType()
            .equals(group.getType().getType(field).getLogicalTypeAnnotation())) {
          throw new AssertionError("bytes that are not declared as text");
        }
        yield group.getString(field, 0);
      }
      default -> throw new AssertionError("a type that no column has");
    };
  }

  private static PageReadStore pages(byte[] file, BlockMetaData block) throws IOException {
    Map<List<String>, PageReader> readers = new HashMap<>();
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      readers.put(List.of(chunk.getPath().toArray()), Pages.of(file, chunk));
    }
    return new PageReadStore() {
      @Override
      public PageReader getPageReader(ColumnDescriptor column) {
        return readers.get(List.of(column.getPath()));
      }

      @Override
      public long getRowCount() {
        return block.getRowCount();
      }
    };
  }

  private record Pages(DictionaryPage dictionary, Queue<DataPage> data, long values)
      implements PageReader {
    static Pages of(byte[] file, ColumnChunkMetaData chunk) throws IOException {
      int start = Math.toIntExact(chunk.getStartingPos());
      var in = new ByteArrayInputStream(file, start, Math.toIntExact(chunk.getTotalSize()));
      DictionaryPage dictionary = null;
      Queue<DataPage> data = new ArrayDeque<>();
      while (in.available() > 0) {
        PageHeader header = Util.readPageHeader(in);
        byte[] packed = in.readNBytes(header.getCompressed_page_size());
        byte[] plain = new byte[header.getUncompressed_page_size()];
        new ZstdDecompressor().decompress(packed, 0, packed.length, plain, 0, plain.length);
        if (header.isSetDictionary_page_header()) {
          dictionary =
              new DictionaryPage(
                  BytesInput.from(plain),
                  header.getDictionary_page_header().getNum_values(),
                  encoding(header.getDictionary_page_header().getEncoding()));
        } else {
          DataPageHeader page = header.getData_page_header();
          data.add(
              new DataPageV1(
                  BytesInput.from(plain),
                  page.getNum_values(),
                  plain.length,
                  null,
                  encoding(page.getRepetition_level_encoding()),
                  encoding(page.getDefinition_level_encoding()),
                  encoding(page.getEncoding())));
        }
      }
      return new Pages(dictionary, data, chunk.getValueCount());
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
      return Encoding.valueOf(encoding.name());
    }

    @Override
    public DictionaryPage readDictionaryPage() {
      return dictionary;
    }

    @Override
    public long getTotalValueCount() {
      return values;
    }

    @Override
    public DataPage readPage() {
      return data.poll();
    }
  }
}
