package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.savedmodel.InputPicture;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class InputColoursTest {
  private static final int[] COLOUR = {10, 200, 77};

  private static Function<int[], InputPicture> preprocess(Function<int[], float[]> pixel) {
    return colour -> {
      float[] one = pixel.apply(colour);
      float[] values = new float[4 * one.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = one[i % one.length];
      }
      return new InputPicture(2, 2, one.length, values);
    };
  }

  private static void comesBack(Function<int[], float[]> pixel) {
    InputColours colours = InputColours.of(preprocess(pixel)).orElseThrow();
    byte[] rgb = colours.picture(preprocess(pixel).apply(COLOUR)).rgb();
    for (int i = 0; i < rgb.length; i++) {
      assertThat(rgb[i] & 0xff).isEqualTo(COLOUR[i % 3]);
    }
  }

  @Test
  void theUsualNormalisationsComeBack() {
    comesBack(c -> new float[] {c[0], c[1], c[2]});
    comesBack(c -> new float[] {c[0] / 127.5f - 1, c[1] / 127.5f - 1, c[2] / 127.5f - 1});
    comesBack(c -> new float[] {c[2] - 103.9f, c[1] - 116.8f, c[0] - 123.7f});
    comesBack(
        c ->
            new float[] {
              (c[0] / 255f - 0.485f) / 0.229f,
              (c[1] / 255f - 0.456f) / 0.224f,
              (c[2] / 255f - 0.406f) / 0.225f
            });
  }

  @Test
  void greyComesBackAsGrey() {
    Function<int[], float[]> grey =
        c -> new float[] {(0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2]) / 255 - 0.5f};
    InputColours colours = InputColours.of(preprocess(grey)).orElseThrow();
    byte[] rgb = colours.picture(preprocess(grey).apply(COLOUR)).rgb();
    for (byte level : rgb) {
      assertThat(level & 0xff).isEqualTo(129); // 0.299 · 10 + 0.587 · 200 + 0.114 · 77 = 129.2
    }
  }

  @Test
  void whatCannotBeToldIsNotGuessed() {
    Optional<InputColours> squared =
        InputColours.of(preprocess(c -> new float[] {c[0] * c[0], c[1] * c[1], c[2] * c[2]}));
    assertThat(squared).isEmpty();
    assertThat(InputColours.of(preprocess(c -> new float[] {c[0], c[0], c[0]}))).isEmpty();
    assertThat(InputColours.of(preprocess(c -> new float[] {1}))).isEmpty();
  }
}
