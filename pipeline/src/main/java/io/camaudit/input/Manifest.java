package io.camaudit.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.camaudit.UserException;
import io.camaudit.region.Box;
import io.camaudit.region.BoxColumns;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A list of images with their labels: CSV with a header line, or JSON Lines. The field {@code
 * image} is needed, {@code label} is optional, as are the columns of {@link BoxColumns}; others are
 * left alone.
 */
public final class Manifest {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifest() {}

  /** Whether a location's name says that it is a manifest. */
  public static boolean isManifest(String location) {
    String name = location.toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".jsonl");
  }

  /** What is done with each row; entries are counted from 1. */
  @FunctionalInterface
  interface Visitor {
    void visit(int entry, ObjectNode row) throws IOException;
  }

  /**
   * Hands over the rows of a manifest, as they stand in it.
   *
   * @param location names the manifest in messages and says its form by its suffix
   */
  static void forEach(String location, InputStream content, Visitor visitor) throws IOException {
    boolean csv = location.toLowerCase(Locale.ROOT).endsWith(".csv");
    int entry = 1;
    try (MappingIterator<JsonNode> values = csv ? csv(content) : json(content)) {
      for (; values.hasNextValue(); entry++) {
        JsonNode row = values.nextValue();
        if (!(row instanceof ObjectNode object) || text(object, "image") == null) {
          throw UserException.wrongArguments(
              "Manifest %s, entry %d: every entry needs a field \"image\"; found %s.",
              location,
              entry,
              row.isObject() ? "only " + String.join(", ", names(row)) : row.getNodeType());
        }
        visitor.visit(entry, object);
      }
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "Manifest %s, entry %d (line %d) cannot be parsed: %s.",
          location, entry, e.getLocation().getLineNr(), e.getOriginalMessage());
    }
  }

  /** A field as text, or null if it is absent or empty. */
  public static String text(ObjectNode row, String field) {
    JsonNode value = row.get(field);
    return value == null || value.isNull() || value.asText().isBlank() ? null : value.asText();
  }

  /**
   * The box in a row's columns, if the manifest has such columns and the row fills them.
   *
   * @throws UserException if only some are filled, or the box has no area
   */
  static Optional<Box> box(ObjectNode row, String location, int entry) {
    Set<String> columns = Set.copyOf(names(row));
    if (!BoxColumns.in(columns)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    columns.forEach(column -> values.put(column, text(row, column)));
    return BoxColumns.read(values, String.format(Locale.ROOT, "%s, entry %d", location, entry));
  }

  private static MappingIterator<JsonNode> csv(InputStream content) throws IOException {
    CsvSchema schema = CsvSchema.emptySchema().withHeader();
    return CSV.readerFor(JsonNode.class).with(schema).readValues(withoutMark(content));
  }

  private static MappingIterator<JsonNode> json(InputStream content) throws IOException {
    return JSON.readerFor(JsonNode.class).readValues(content);
  }

  /**
   * Spreadsheets begin UTF-8 files with a byte order mark, which would become part of the first
   * column's name.
   */
  private static InputStream withoutMark(InputStream content) throws IOException {
    PushbackInputStream in = new PushbackInputStream(content, 3);
    byte[] first = in.readNBytes(3);
    boolean marked =
        first.length == 3
            && (first[0] & 0xff) == 0xef
            && (first[1] & 0xff) == 0xbb
            && (first[2] & 0xff) == 0xbf;
    if (!marked) {
      in.unread(first);
    }
    return in;
  }

  private static List<String> names(JsonNode row) {
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
