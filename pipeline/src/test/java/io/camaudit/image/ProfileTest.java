package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.savedmodel.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what the recipes' own libraries make of the same numbers: make_look_fixtures.py. */
final class ProfileTest {
  @ParameterizedTest
  @CsvSource({
    "keras-io, signed",
    "keras-io, tiny",
    "keras-io, empty",
    "pytorch-grad-cam, signed",
    "pytorch-grad-cam, tiny",
    "pytorch-grad-cam, empty",
    "torchvision, signed",
    "torchvision, tiny",
    "torchvision, empty"
  })
  void pixelsAreTheRecipes(String profile, String map) throws ImageException {
    RgbImage photo = picture("photo");
    RgbImage drawn = drawn(Profile.parse(profile).look(), photo, map);
    RgbImage expected = picture(profile + "-" + map);
    int off = 0;
    for (int i = 0; i < drawn.rgb().length; i++) {
      off += Math.abs((drawn.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff)) > 2 ? 1 : 0;
    }
    assertThat(off).isLessThanOrEqualTo(drawn.rgb().length / 1000);
  }

  /** No two profiles draw the same, or one of them would be none. */
  @Test
  void profilesDiffer() throws ImageException {
    RgbImage photo = picture("photo");
    for (Profile one : Profile.values()) {
      for (Profile other : Profile.values()) {
        if (one != other) {
          assertThat(drawn(one.look(), photo, "signed").rgb())
              .isNotEqualTo(drawn(other.look(), photo, "signed").rgb());
        }
      }
    }
  }

  /** The default look drawn in one go is the default look drawn step by step. */
  @Test
  void oneGoIsStepByStep() throws ImageException {
    RgbImage photo = picture("photo");
    Look look = Profile.DEFAULT.look();
    Heat heat = Heat.of(look, map("signed"), photo.width(), photo.height(), whole(photo));
    RgbImage steps = new Blend(look).over(photo, heat);
    RgbImage oneGo = drawn(look, photo, "signed");
    int off = 0;
    for (int i = 0; i < steps.rgb().length; i++) {
      off += Math.abs((steps.rgb()[i] & 0xff) - (oneGo.rgb()[i] & 0xff)) > 1 ? 1 : 0;
    }
    // Where 255 times a value lies half-way, rounding may fall to either neighbour.
    assertThat(off).isLessThanOrEqualTo(steps.rgb().length / 1000);
  }

  @Test
  void namesAreReadInAnyCase() {
    assertThat(Profile.parse(" Keras-IO")).isEqualTo(Profile.KERAS_IO);
    assertThatThrownBy(() -> Profile.parse("keras"))
        .hasMessage(
            "profile \"keras\" is not known; choose one of default, keras-io, pytorch-grad-cam, torchvision, paper");
  }

  /** A crop: outside, the photograph stays, but for what brightens the whole picture. */
  @Test
  void outsideACropThereIsNoHeat() throws ImageException {
    RgbImage photo = picture("photo");
    Placement crop = new Placement(20, 10, 1, 1, 60, 60);
    for (Profile profile : Profile.values()) {
      byte[] rgb =
          new OverlayRenderer(style(profile.look())).render(photo, map("signed"), crop).rgb();
      boolean all = profile == Profile.KERAS_IO;
      assertThat(rgb[0] == photo.rgb()[0] && rgb[1] == photo.rgb()[1]).isEqualTo(!all);
    }
  }

  private static RgbImage drawn(Look look, RgbImage photo, String map) {
    return new OverlayRenderer(style(look)).render(photo, map(map), whole(photo));
  }

  private static OverlayStyle style(Look look) {
    return new OverlayStyle(PictureStyle.OVERLAY, look, false, false, OverlayFormat.PNG, 90, 0);
  }

  private static Placement whole(RgbImage photo) {
    return new Placement(0, 0, photo.width() / 224.0, photo.height() / 224.0, 224, 224);
  }

  private static SaliencyMap map(String name) {
    JsonNode rows = Fixtures.json("looks/looks.json").get(name);
    int width = rows.get(0).size();
    float[] values = new float[rows.size() * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows.get(i / width).get(i % width).asDouble();
    }
    return new SaliencyMap(rows.size(), width, values);
  }

  private static RgbImage picture(String name) throws ImageException {
    try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults(), true)) {
      return decoder.decode(Fixtures.resource("looks/" + name + ".png")).image();
    }
  }
}
