package io.camaudit.alter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.savedmodel.InputPicture;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FillTest {
  private static final int SIDE = 32;

  /** A block in the middle of a square. */
  private static final IntPredicate BLOCK =
      i -> i % SIDE >= 10 && i % SIDE < 22 && i / SIDE >= 8 && i / SIDE < 20;

  private static PixelSet hole(IntPredicate in) {
    return PixelSet.of(SIDE, SIDE, in);
  }

  private static InputPicture ramp() {
    float[] values = new float[SIDE * SIDE * 2];
    for (int i = 0; i < SIDE * SIDE; i++) {
      values[2 * i] = i % SIDE;
      values[2 * i + 1] = 100 - 2 * (i / SIDE);
    }
    return new InputPicture(SIDE, SIDE, 2, values);
  }

  @ParameterizedTest
  @EnumSource
  void aConstantPictureStaysConstant(Fill fill) {
    float[] values = new float[SIDE * SIDE * 3];
    Arrays.fill(values, -17.25f);
    InputPicture constant = new InputPicture(SIDE, SIDE, 3, values);
    for (float value : fill.without(constant, hole(BLOCK)).values()) {
      assertThat(value).isCloseTo(-17.25f, within(1e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatStaysIsNotTouched(Fill fill) {
    InputPicture filled = fill.without(ramp(), hole(BLOCK));
    for (int i = 0; i < filled.values().length; i++) {
      if (!BLOCK.test(i / 2)) {
        assertThat(filled.values()[i]).isEqualTo(ramp().values()[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingTakenOutIsThePictureItself(Fill fill) {
    InputPicture picture = ramp();
    assertThat(fill.without(picture, hole(i -> false))).isSameAs(picture);
  }

  @ParameterizedTest
  @EnumSource
  void everythingTakenOutIsTheMean(Fill fill) {
    float[] values = fill.without(ramp(), hole(i -> true)).values();
    for (int i = 0; i < values.length; i += 2) {
      assertThat(values[i]).isCloseTo(15.5f, within(1e-5f));
      assertThat(values[i + 1]).isCloseTo(69f, within(1e-5f));
    }
  }

  @Test
  void aSlopeIsNearlyGoneOnWith() {
    float[] filled = Fill.SMOOTH.without(ramp(), hole(BLOCK)).values();
    float[] ramp = ramp().values();
    for (int i = 0; i < filled.length; i++) {
      assertThat(filled[i]).isCloseTo(ramp[i], within(2.5f));
    }
  }

  @Test
  void onePixelIsTheWeightedMeanOfItsNeighbours() {
    float[] values = {6, 12, 24, 48, 1000, 96, 192, 384, 768};
    InputPicture picture = new InputPicture(3, 3, 1, values);
    InputPicture filled = Fill.SMOOTH.without(picture, PixelSet.of(3, 3, i -> i == 4));
    float expected = (12 + 48 + 96 + 384) / 6f + (6 + 24 + 192 + 768) / 12f;
    assertThat(filled.values()[4]).isCloseTo(expected, within(1e-4f));
  }

  @Test
  void allFillsAreThoseOfAnIndependentComputation() throws IOException {
    JsonNode cases;
    try (InputStream in = FillTest.class.getResourceAsStream("fills.json")) {
      cases = new ObjectMapper().readTree(in);
    }
    assertThat(cases).hasSizeGreaterThanOrEqualTo(5);
    for (JsonNode each : cases) {
      int height = each.path("height").asInt();
      int width = each.path("width").asInt();
      InputPicture picture =
          new InputPicture(
              height, width, each.path("channels").asInt(), floats(each.path("picture")));
      String hole = each.path("hole").asText();
      PixelSet pixels = PixelSet.of(width, height, i -> hole.charAt(i) == 'x');
      for (Fill fill : Fill.values()) {
        String name = fill.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(fill.without(picture, pixels).values())
            .as("%s, %s", each.path("name").asText(), name)
            .containsExactly(floats(each.path(name)), within(1e-5f));
      }
    }
  }

  @Test
  void pixelsOfAnotherSizeAreRefused() {
    PixelSet other = PixelSet.of(4, 4, i -> true);
    assertThatThrownBy(() -> Fill.MEAN.without(ramp(), other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.get(i).asDouble();
    }
    return values;
  }
}
