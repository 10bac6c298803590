package io.camaudit.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * The JSON form of everything a run leaves behind: fields in declaration order, nulls left out, the
 * shortest decimal that reads back as the same number. The same value is always the same bytes.
 */
public final class ReportJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // Double.toString is not the shortest on JDK 17 and is on 19: the bytes must not depend
          // on the JDK.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();
  private static final ObjectWriter LINE = MAPPER.writerFor(ImageReport.class);
  private static final ObjectReader REPORT = MAPPER.readerFor(ImageReport.class);

  private ReportJson() {}

  /** One report on one line, UTF-8, without the line's end. */
  public static byte[] line(ImageReport report) {
    try {
      return LINE.writeValueAsBytes(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report that has no JSON form: " + report.image(), e);
    }
  }

  /** Reads what {@link #line} wrote. */
  public static ImageReport report(byte[] json) throws IOException {
    return REPORT.readValue(json);
  }

  /** Any value of this package as indented JSON that ends with a line's end. */
  public static byte[] document(Object value) {
    try {
      byte[] json = PRETTY.writeValueAsBytes(value);
      byte[] withEnd = java.util.Arrays.copyOf(json, json.length + 1);
      withEnd[json.length] = '\n';
      return withEnd;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that has no JSON form: " + value.getClass(), e);
    }
  }

  /** For readers and writers of other documents of a run. */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
