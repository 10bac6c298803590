package io.camaudit.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What kinds of values the fields of an object hold, found without holding them.
 *
 * @param fields the token that each field's value begins with; of a list, its first element's
 *     beginning instead where that is a list, an object or a text
 * @param length of the object in characters
 */
record JsonShape(Map<String, Kind> fields, long length) {
  enum Kind {
    SCALAR,
    OBJECT,
    OBJECTS,
    LISTS,
    TEXTS,
    OTHER_LIST
  }

  /** Of the object that the parser stands at the beginning of; it is left behind it. */
  static JsonShape of(JsonParser parser) throws IOException {
    Map<String, Kind> fields = new LinkedHashMap<>();
    long start = parser.currentLocation().getCharOffset();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      fields.put(field, token == JsonToken.START_ARRAY ? list(parser) : kind(token));
      if (token == JsonToken.START_OBJECT) {
        parser.skipChildren();
      }
    }
    return new JsonShape(fields, parser.currentLocation().getCharOffset() - start);
  }

  /** Names of the fields that hold a value of their own. */
  List<String> scalars() {
    return named(Kind.SCALAR);
  }

  List<String> named(Kind kind) {
    return fields.keySet().stream().filter(name -> fields.get(name) == kind).toList();
  }

  boolean isAll(Kind kind) {
    return !fields.isEmpty() && fields.values().stream().allMatch(kind::equals);
  }

  private static Kind list(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    Kind kind =
        first == JsonToken.START_OBJECT
            ? Kind.OBJECTS
            : first == JsonToken.START_ARRAY
                ? Kind.LISTS
                : first == JsonToken.VALUE_STRING ? Kind.TEXTS : Kind.OTHER_LIST;
    while (first != JsonToken.END_ARRAY) {
      parser.skipChildren();
      first = parser.nextToken();
    }
    return kind;
  }

  private static Kind kind(JsonToken token) {
    return token == JsonToken.START_OBJECT ? Kind.OBJECT : Kind.SCALAR;
  }
}
