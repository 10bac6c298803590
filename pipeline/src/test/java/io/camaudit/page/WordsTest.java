package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 %",
    "1, 100 %",
    "0.5, 50 %",
    "0.834, 83 %",
    "0.9996, > 99.9 %",
    "0.996, 99.6 %",
    "0.0001, < 0.1 %",
    "0.004, 0.4 %",
    "0.0994, 9.9 %",
    "0.0995, 10 %"
  })
  void aShareIsRoundedButNotToAnExtremeItDoesNotReach(double share, String text) {
    assertThat(Words.percent(share).replace('\u202f', ' ')).isEqualTo(text);
  }

  @Test
  void countsAreGroupedAndNamed() {
    assertThat(Words.count(1, "image", "images")).isEqualTo("1 image");
    assertThat(Words.count(1_234_567, "image", "images")).isEqualTo("1,234,567 images");
  }
}
