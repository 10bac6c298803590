package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class AreaScalingTest {
  @Test
  void pixelsAreMeansOfTheAreasTheyCover() {
    JsonNode area = Fixtures.json("area.json");
    RgbImage picture = picture(area);
    for (JsonNode node : area.get("scaled")) {
      RgbImage expected = picture(node);
      RgbImage scaled = AreaScaling.scale(picture, expected.width(), expected.height());
      // Sums in single precision may round to the other side of a half.
      assertThat(Fixtures.difference(scaled, expected)).isLessThanOrEqualTo(1);
      int unequal = 0;
      for (int i = 0; i < scaled.rgb().length; i++) {
        unequal += scaled.rgb()[i] == expected.rgb()[i] ? 0 : 1;
      }
      assertThat(unequal).isLessThanOrEqualTo(scaled.rgb().length / 200);
    }
  }

  @Test
  void sameSizeIsTheSamePicture() {
    RgbImage picture = picture(Fixtures.json("area.json"));
    assertThat(AreaScaling.scale(picture, picture.width(), picture.height()).rgb())
        .containsExactly(picture.rgb());
  }

  @Test
  void whiteStaysWhiteAtAwkwardSizes() {
    byte[] white = new byte[3 * 997 * 13];
    Arrays.fill(white, (byte) 255);
    RgbImage picture = new RgbImage(997, 13, white);
    for (int width = 1; width <= 997; width += 83) {
      assertThat(AreaScaling.scale(picture, width, 7).rgb()).containsOnly(255);
    }
  }

  private static RgbImage picture(JsonNode node) {
    return new RgbImage(
        node.get("width").asInt(),
        node.get("height").asInt(),
        HexFormat.of().parseHex(node.get("rgb").asText()));
  }
}
