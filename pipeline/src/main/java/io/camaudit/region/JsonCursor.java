package io.camaudit.region;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.camaudit.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Walks through a JSON file; whatever is not as expected ends in a sentence with its place. */
final class JsonCursor implements Closeable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private final Path file;
  private final JsonParser json;

  JsonCursor(Path file) throws IOException {
    this.file = file;
    this.json = FACTORY.createParser(file.toFile());
  }

  interface Field {
    void read(String name) throws IOException;
  }

  interface Element {
    void read() throws IOException;
  }

  /** Visits the fields of the object at hand, each with its value at hand. */
  void fields(Field field) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      field.read(name);
    }
  }

  /** Visits the elements of the list at hand. */
  void elements(Element element) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  void next() throws IOException {
    json.nextToken();
  }

  JsonToken token() {
    return json.currentToken();
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  /** Where the value at hand begins. */
  JsonLocation place() {
    return json.currentTokenLocation();
  }

  /** The text of the value at hand as it stands in the file. */
  String text() throws IOException {
    return json.getText();
  }

  /** A text or a number, as text. */
  String scalar(String field) throws IOException {
    if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
      throw error("%s wants a text or a number, got %s.".formatted(field, json.getText()));
    }
    return json.getText();
  }

  double number(String field) throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw error("%s wants a number, got %s.".formatted(field, json.getText()));
    }
    return json.getDoubleValue();
  }

  /** The numbers of the list at hand. */
  double[] numbers(String field) throws IOException {
    double[] values = new double[8];
    int n = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (n == values.length) {
        values = Arrays.copyOf(values, 2 * n);
      }
      values[n++] = number(field);
    }
    return Arrays.copyOf(values, n);
  }

  void expect(JsonToken wanted, String what) throws IOException {
    if (json.currentToken() != wanted) {
      throw error(
          "expected %s, got %s."
              .formatted(what, json.currentToken() == null ? "the end" : json.getText()));
    }
  }

  void require(String value, String otherwise) {
    if (value == null) {
      throw error(otherwise + ".");
    }
  }

  UserException error(String what) {
    return error(json.currentTokenLocation(), what);
  }

  UserException error(JsonLocation place, String what) {
    return Place.at(file, place, what);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
