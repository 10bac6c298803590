package io.camaudit.region;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * Walks through a JSON file. A value that is not as expected is a {@link BadValue} with its place;
 * {@link #whole} then goes on behind it. Also read are Python's {@code NaN} and {@code Infinity}
 * and commas too many, which break nothing where nobody reads them.
 */
final class JsonCursor implements Closeable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final JsonParser json;

  /** Opens a parser; the cursor closes it. */
  interface Opening {
    JsonParser open(JsonFactory factory) throws IOException;
  }

  JsonCursor(Opening opening) throws IOException {
    this.json = opening.open(FACTORY);
  }

  interface Field {
    void read(String name) throws IOException;
  }

  interface Value<T> {
    T read() throws IOException;
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

  /**
   * Reads the value at hand, and stands at its end also if it is not as expected.
   *
   * @throws BadValue as the reading does
   */
  <T> T whole(Value<T> value) throws IOException {
    JsonStreamContext around = json.getParsingContext();
    if (json.currentToken().isStructStart()) {
      around = around.getParent();
    }
    try {
      return value.read();
    } catch (BadValue e) {
      while (json.getParsingContext() != around) {
        json.nextToken();
      }
      throw e;
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

  /** The line of the value at hand. */
  int line() {
    return json.currentTokenLocation().getLineNr();
  }

  /** The text of the value at hand as it stands in the file. */
  String text() throws IOException {
    return json.getText();
  }

  /** A text or a number, as text. */
  String scalar(String field) throws IOException {
    if (!isTextOrNumber()) {
      throw error(field + " wants a text or a number, got " + json.getText());
    }
    return json.getText();
  }

  boolean isTextOrNumber() {
    return json.currentToken() == JsonToken.VALUE_STRING || json.currentToken().isNumeric();
  }

  /** A number, also one that a tool wrote as text. */
  double number(String field) throws IOException {
    double value = Double.NaN;
    if (json.currentToken().isNumeric()) {
      value = json.getDoubleValue();
    } else if (json.currentToken() == JsonToken.VALUE_STRING) {
      try {
        value = Double.parseDouble(json.getText());
      } catch (NumberFormatException e) {
        // said below
      }
    }
    if (!Double.isFinite(value)) {
      throw error(field + " wants a number, got " + json.getText());
    }
    return value;
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
          "expected "
              + what
              + ", got "
              + (json.currentToken() == null ? "the end" : json.getText()));
    }
  }

  void require(String value, String otherwise) {
    if (value == null) {
      throw error(otherwise);
    }
  }

  BadValue error(String what) {
    return new BadValue(
        "line "
            + json.currentTokenLocation().getLineNr()
            + ", column "
            + json.currentTokenLocation().getColumnNr()
            + ": "
            + what);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
