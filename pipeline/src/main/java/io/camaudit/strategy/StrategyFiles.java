package io.camaudit.strategy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.camaudit.report.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The files of strategies. The same values are always the same bytes. */
public final class StrategyFiles {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(CsvParser.Feature.EMPTY_STRING_AS_NULL)
          .build();
  private static final CsvSchema COLUMNS =
      CSV.schemaFor(AssignedImage.class).withHeader().withLineSeparator("\n");

  private StrategyFiles() {}

  /** {@code strategies.json}. */
  public static byte[] json(Strategies strategies) {
    return ReportJson.document(strategies);
  }

  /** Reads {@code strategies.json}. */
  public static Strategies read(byte[] json) throws IOException {
    return ReportJson.mapper().readValue(json, Strategies.class);
  }

  /** A class's images, one a line, as CSV: UTF-8, comma, LF, with a head; empty where absent. */
  public static byte[] csv(List<AssignedImage> images) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator csv = CSV.getFactory().createGenerator(out)) {
      csv.setSchema(COLUMNS);
      for (AssignedImage image : images) {
        CSV.writeValue(csv, image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /** Reads a class's images. */
  public static List<AssignedImage> images(byte[] csv) throws IOException {
    try (MappingIterator<AssignedImage> lines =
        CSV.readerFor(AssignedImage.class).with(COLUMNS).readValues(csv)) {
      return lines.readAll();
    }
  }
}
