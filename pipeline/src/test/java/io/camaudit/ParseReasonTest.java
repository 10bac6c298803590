package io.camaudit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseReasonTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      textBlock =
          """
          'a: [1, 2' ~ expected ',' or ']', but got <stream end>
          'a: b: c' ~ mapping values are not allowed here
          '"open' ~ found unexpected end of stream
          """)
  void ofYamlItIsWhatWasNotExpected(String text, String reason) {
    assertThat(of(new YAMLMapper(), text)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"'a: b\n\tc: d', 2, 1", "'a: 1\nb: c: d', 2, 5", "'a: [1,\n 2', 2, 3"})
  void thePlaceIsWhereYamlStopped(String text, int line, int column) {
    JsonProcessingException e =
        catchThrowableOfType(
            JsonProcessingException.class,
            () -> new YAMLMapper().readTree(text.replace("\\n", "\n").replace("\\t", "\t")));
    assertThat(ParseReason.line(e)).isEqualTo(line);
    assertThat(ParseReason.column(e)).isEqualTo(column);
  }

  @Test
  void bytesThatAreNoTextAreSaidToBeNone() {
    for (byte[] bytes :
        new byte[][] {
          "caf\u00e9: cat\n".getBytes(StandardCharsets.ISO_8859_1),
          "a: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1),
          "a: b\n".getBytes(StandardCharsets.UTF_16),
          "a: b\0".getBytes(StandardCharsets.UTF_8)
        }) {
      JsonProcessingException e =
          catchThrowableOfType(
              JsonProcessingException.class, () -> new YAMLMapper().readTree(bytes));
      assertThat(ParseReason.of(e, "nothing")).contains("no text in UTF-8");
    }
  }

  @Test
  void ofJsonItIsOneLine() {
    assertThat(of(new ObjectMapper(), "{\"a\": 1,,}"))
        .startsWith("Unexpected character (',' (code 44))")
        .doesNotContain("\n");
  }

  private static String of(ObjectMapper mapper, String text) {
    try {
      mapper.readTree(text);
    } catch (JsonProcessingException e) {
      return ParseReason.of(e, "nothing");
    }
    throw new AssertionError(text + " was parsed");
  }
}
