package io.camaudit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> BLOCKS =
      List.of(
          "conv4_block6_out",
          "conv5_block1_out",
          "conv5_block2_out",
          "conv5_block3_out",
          "conv5_block12_add");

  private static final List<String> MODULES =
      List.of("layer3.5", "layer4.0", "layer4.1", "blocks.1", "blocks.10", "blocks.11");

  @ParameterizedTest
  @CsvSource({
    // The beginning of several names: the last, however long it is.
    "conv5, conv5_block12_add",
    "CONV5, conv5_block12_add",
    "conv5_block3, conv5_block3_out",
    // A part of them.
    "block1_out, conv5_block1_out",
    "block, conv5_block12_add",
    // Neither: by letters.
    "conv5_blok2_out, conv5_block2_out",
    "cnov4_block6_out, conv4_block6_out",
  })
  void layerOfKeras(String typed, String nearest) {
    assertThat(Nearest.layer(typed, BLOCKS)).isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({
    "layer4, layer4.1",
    // A whole number goes before the beginning of a longer one.
    "blocks.1, blocks.1",
    "layer3.5.conv2, layer3.5",
    "layer4.7, layer4.1",
    "blocks, blocks.11",
  })
  void layerOfPyTorch(String typed, String nearest) {
    assertThat(Nearest.layer(typed, MODULES)).isEqualTo(nearest);
  }

  @Test
  void wholeWordsGoBeforePiecesOfWords() {
    List<String> classes =
        List.of("caterpillar", "muscat", "tabby cat", "cat bear", "cart", "Egyptian cat", "dog");
    assertThat(Nearest.to("cat", classes, 5))
        .containsExactly("cat bear", "tabby cat", "Egyptian cat", "caterpillar", "muscat");
  }

  @Test
  void whatIsNowhereAPartGoesByItsLetters() {
    assertThat(Nearest.to("cats", List.of("bus", "cat", "dog"), 1)).containsExactly("cat");
    assertThat(Nearest.to("dgo", List.of("bus", "cat", "dog"), 1)).containsExactly("dog");
    assertThat(Nearest.to("golden retriever dog", List.of("golf ball", "golden retriever"), 1))
        .containsExactly("golden retriever");
  }

  @Test
  void nothingTypedAndNothingKnown() {
    assertThat(Nearest.to("", List.of("b", "a"), 2)).containsExactly("b", "a");
    assertThat(Nearest.to("a", List.of(), 2)).isEmpty();
    assertThat(Nearest.to("a", List.of("a", "A", "a"), 3)).containsExactly("a", "A");
  }
}
