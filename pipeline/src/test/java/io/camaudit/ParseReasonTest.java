package io.camaudit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
