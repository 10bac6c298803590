package io.camaudit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Data as a script, the one form a browser loads from the file system. Characters that could end a
 * script element or a statement are written as escapes, so no name can break out of its string.
 */
final class DataScript {
  private static final ObjectWriter JSON = ReportJson.mapper().writer().with(new MarkupEscapes());

  private DataScript() {}

  /** {@code function(argument, ...);} with each argument as JSON. */
  static String call(String function, Object... arguments) {
    StringBuilder script = new StringBuilder(function).append('(');
    for (int i = 0; i < arguments.length; i++) {
      script.append(i == 0 ? "" : ",").append(json(arguments[i]));
    }
    return script.append(");\n").toString();
  }

  static void write(Path file, String function, Object... arguments) throws IOException {
    Files.write(file, call(function, arguments).getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that has no JSON form: " + value.getClass(), e);
    }
  }

  /**
   * {@code < > &} and the two line separators that JSON allows in a string and old JavaScript does
   * not.
   */
  private static final class MarkupEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      for (char c : new char[] {'<', '>', '&'}) {
        codes[c] = ESCAPE_CUSTOM;
      }
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return switch (c) {
        case '<', '>', '&', 0x2028, 0x2029 ->
            new SerializedString(String.format(Locale.ROOT, "\\u%04x", c));
        default -> null;
      };
    }
  }
}
