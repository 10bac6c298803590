package io.camaudit.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.UserException;
import io.camaudit.input.JsonShape.Kind;
import io.camaudit.input.Manifest.Visitor;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Reads lists of images as JSON: objects with fields as a table has columns, one a line, or in a
 * list, or in a list that is a field of one object; paths; an object from path to label, or from
 * label to paths; and a data frame's columns. Only the last two are held in memory.
 */
final class JsonManifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longest object that is held in memory whole, in characters. */
  private static final long MOST = 64L << 20;

  private final String location;
  private final Consumer<String> notes;
  private final Visitor visitor;
  private List<String> header = List.of();
  private ManifestColumns columns;
  private boolean told;
  private long entry;

  JsonManifest(String location, Consumer<String> notes, Visitor visitor) {
    this.location = location;
    this.notes = notes;
    this.visitor = visitor;
  }

  /**
   * @return whether the list says what the images' labels are
   */
  boolean read() throws IOException {
    JsonShape shape = null;
    try (JsonParser parser = open(note -> {})) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        shape = JsonShape.of(parser);
      }
    }
    try (JsonParser parser = open(notes)) {
      if (shape == null
          || ManifestColumns.named(ManifestColumns.plain(shape.scalars())).isPresent()) {
        entries(parser);
      } else {
        parser.nextToken();
        object(parser, shape);
      }
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "Manifest %s, entry %d (line %d) cannot be parsed: %s.",
          location,
          entry + 1,
          e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
          e.getOriginalMessage().replaceFirst("(?s) \\(for .*|\n.*", ""));
    }
    return told;
  }

  private JsonParser open(Consumer<String> sink) throws IOException {
    Reader reader = ManifestText.open(location, sink);
    return new JsonFactory(JSON).createParser(reader);
  }

  /** One after the other, in a list or not. */
  private void entries(JsonParser parser) throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.START_ARRAY) {
        list(parser);
      } else {
        add(parser.readValueAsTree());
      }
    }
  }

  private void list(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      add(parser.readValueAsTree());
    }
  }

  /** One object that holds all. */
  private void object(JsonParser parser, JsonShape shape) throws IOException {
    Map<String, Kind> fields = shape.fields();
    if (fields.get("annotations") == Kind.OBJECTS || fields.get("categories") == Kind.OBJECTS) {
      throw UserException.wrongArguments(
          "%s looks like COCO annotations: give the folder of their photographs as --input, and the file as --regions.",
          location);
    }
    boolean labels =
        shape.isAll(Kind.SCALAR) && ImageNames.isImage(fields.keySet().iterator().next());
    List<String> lists = shape.named(Kind.OBJECTS);
    if (labels) {
      told = true;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String image = parser.currentName();
        parser.nextToken();
        visitor.visit(++entry, new ManifestRow(image, label(parser.readValueAsTree()), Map.of()));
      }
    } else if (lists.size() == 1) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals(lists.get(0))) {
          list(parser);
        } else {
          parser.skipChildren();
        }
      }
    } else {
      if (shape.length() > MOST) {
        throw UserException.wrongArguments(
            "Manifest %s is one object of %,d characters, more than is held in memory: write it as JSON Lines or CSV.",
            location, shape.length());
      }
      whole(parser.readValueAsTree(), shape);
    }
  }

  private void whole(ObjectNode object, JsonShape shape) throws IOException {
    List<String> keys = List.copyOf(shape.fields().keySet());
    if (object.path("columns").isArray() && object.path("data").isArray()) {
      List<String> names = new ArrayList<>();
      object.get("columns").forEach(name -> names.add(name.asText()));
      for (JsonNode row : object.get("data")) {
        ObjectNode fields = JSON.createObjectNode();
        for (int i = 0; i < names.size(); i++) {
          fields.set(names.get(i), row.path(i));
        }
        add(fields);
      }
    } else if (ManifestColumns.named(ManifestColumns.plain(keys)).isPresent()) {
      JsonNode images =
          object.get(keys.get(ManifestColumns.named(ManifestColumns.plain(keys)).get().image()));
      List<String> rows = new ArrayList<>();
      images.fieldNames().forEachRemaining(rows::add);
      for (int i = 0; i < images.size(); i++) {
        ObjectNode fields = JSON.createObjectNode();
        for (String key : keys) {
          JsonNode column = object.get(key);
          fields.set(key, column.isArray() ? column.path(i) : column.path(rows.get(i)));
        }
        add(fields);
      }
    } else if (shape.isAll(Kind.TEXTS)) {
      told = true;
      for (String label : keys) {
        for (JsonNode image : object.get(label)) {
          visitor.visit(++entry, new ManifestRow(image.asText(), label, Map.of()));
        }
      }
    } else {
      throw none("only " + String.join(", ", keys));
    }
  }

  private void add(JsonNode value) throws IOException {
    entry++;
    if (value.isTextual()) {
      visitor.visit(entry, new ManifestRow(value.asText(), null, Map.of()));
      return;
    }
    if (value.isArray() && value.size() > 0 && value.size() <= 2 && value.get(0).isTextual()) {
      told |= value.size() == 2;
      visitor.visit(entry, new ManifestRow(value.get(0).asText(), label(value.path(1)), Map.of()));
      return;
    }
    if (!value.isObject()) {
      throw none(value.getNodeType().toString());
    }
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    choose(names, value);
    Map<String, String> cells = new HashMap<>();
    List<String> plain = ManifestColumns.plain(names);
    for (int i = 0; i < names.size(); i++) {
      cells.putIfAbsent(plain.get(i), text(value.get(names.get(i))));
    }
    String image = columns == null ? null : text(value.get(header.get(columns.image())));
    if (image == null) {
      throw none("only " + String.join(", ", names));
    }
    String label = columns.label() < 0 ? null : label(value.get(header.get(columns.label())));
    visitor.visit(entry, new ManifestRow(image, label, cells));
  }

  /** The first entry with a label says what it is called; one without may come before. */
  private void choose(List<String> names, JsonNode value) {
    if (columns == null || (columns.label() < 0 && !names.equals(header))) {
      ManifestColumns found = ManifestColumns.named(ManifestColumns.plain(names)).orElse(null);
      if (found != null && (columns == null || found.label() >= 0)) {
        header = List.copyOf(names);
        columns = found;
        told = found.label() >= 0;
        List<String> row =
            names.stream().map(name -> Objects.toString(text(value.get(name)), "")).toList();
        found.tell(location, header, row, notes);
      }
    }
  }

  private UserException none(String found) {
    return UserException.wrongArguments(
        "Manifest %s, entry %d: every entry needs a field \"image\"; found %s.",
        location, Math.max(1, entry), found);
  }

  /** A label as text, or a list of them as {@link ImageRef#label} has it; null for none. */
  private static String label(JsonNode value) {
    if (value == null || !value.isArray() || value.size() == 1) {
      return text(value);
    }
    StringBuilder labels = new StringBuilder(value.isEmpty() ? ImageRef.LABEL_LIST : "");
    value.forEach(label -> labels.append(ImageRef.LABEL_LIST).append(label.asText().strip()));
    return labels.toString();
  }

  /** A value as text; null for none, for an empty one, and for a list of several. */
  private static String text(JsonNode value) {
    if (value != null && value.isArray() && value.size() == 1) {
      return text(value.get(0));
    }
    return value == null || value.isNull() || value.isMissingNode() || value.asText().isBlank()
        ? null
        : value.asText().strip();
  }
}
