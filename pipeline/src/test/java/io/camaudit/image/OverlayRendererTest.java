package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.Placement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverlayRendererTest {
  private static final Placement SAME = new Placement(0, 0, 1, 1, 8, 8);

  @Test
  void upsampledMapsAreThoseOfTensorFlow() {
    for (JsonNode node : Fixtures.json("upsampling.json")) {
      float[] values = new float[node.get("values").size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) node.get("values").get(i).asDouble();
      }
      SaliencyMap map =
          new SaliencyMap(node.get("rows").asInt(), node.get("columns").asInt(), values);
      int width = node.get("width").asInt();
      int height = node.get("height").asInt();
      Placement whole = new Placement(0, 0, width / 224.0, height / 224.0, 224, 224);
      float[] drawn = OverlayRenderer.upsample(map, width, height, whole);
      assertThat(drawn).hasSize(width * height);
      for (JsonNode probe : node.get("probes")) {
        int y = probe.get(0).asInt();
        int x = probe.get(1).asInt();
        assertThat(drawn[y * width + x])
            .as("x %d, y %d of %d x %d", x, y, width, height)
            .isCloseTo((float) probe.get(2).asDouble(), within(1e-5f));
      }
    }
  }

  /** Half-pixel centres: 4 pixels see 2 cells at 0 (clamped), 1/4, 3/4 and 1 (clamped). */
  private static final SaliencyMap TWO_BY_TWO = new SaliencyMap(2, 2, new float[] {0, 2, -1, 4});

  private static final float[] TWO_BY_TWO_AT_FOUR = {
    0, 0.125f, 0.375f, 0.5f, //
    0, 0.15625f, 0.46875f, 0.625f, //
    0, 0.21875f, 0.65625f, 0.875f, //
    0, 0.25f, 0.75f, 1
  };

  @Test
  void twoByTwoMapByHand() {
    Placement twice = new Placement(0, 0, 2, 2, 2, 2);
    assertThat(OverlayRenderer.upsample(TWO_BY_TWO, 4, 4, twice))
        .containsExactly(TWO_BY_TWO_AT_FOUR);

    RgbImage overlay = renderer(Colormap.VIRIDIS, 0.5).render(grey(4, 4, 100), TWO_BY_TWO, twice);
    // Viridis starts at (68, 1, 84) and ends at (253, 231, 37); halves round up.
    assertThat(pixel(overlay, 0, 0)).containsExactly(84, 51, 92);
    assertThat(pixel(overlay, 3, 3)).containsExactly(177, 166, 69);
    byte[] table = Colormap.VIRIDIS.table();
    for (int i = 0; i < 16; i++) {
      int colour = Math.round(255 * TWO_BY_TWO_AT_FOUR[i]);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(overlay.rgb()[3 * i + channel] & 0xff)
            .isEqualTo(Math.round(0.5 * 100 + 0.5 * (table[3 * colour + channel] & 0xff)));
      }
    }
  }

  @Test
  void cellsAreDrawnWhereTheyLook() {
    // On a photograph of twice the input's size the columns look at x = 1 and 4 of it, the rows at
    // y = 2 and 3.
    CellCenters centers = new CellCenters(List.of(1.0, 1.5), List.of(0.5, 2.0));
    SaliencyMap map = new SaliencyMap(2, 2, new float[] {0, 3, 0, 6}, centers);
    float[] drawn = OverlayRenderer.upsample(map, 6, 4, new Placement(0, 0, 2, 2, 3, 2));
    float[] upper = {0, 1 / 12f, 1 / 4f, 5 / 12f, 1 / 2f, 1 / 2f};
    for (int x = 0; x < 6; x++) {
      assertThat(drawn[6 + x]).as("above the first row").isCloseTo(upper[x], within(1e-6f));
      assertThat(drawn[2 * 6 + x]).isCloseTo(upper[x] * 1.5f, within(1e-6f));
      assertThat(drawn[3 * 6 + x]).isCloseTo(upper[x] * 2, within(1e-6f));
    }
    SaliencyMap even = map.at(new CellCenters(List.of(0.5, 1.5), List.of(0.75, 2.25)));
    assertThat(OverlayRenderer.upsample(even, 6, 4, new Placement(0, 0, 2, 2, 3, 2)))
        .containsExactly(
            OverlayRenderer.upsample(map.at(null), 6, 4, new Placement(0, 0, 2, 2, 3, 2)));
  }

  @Test
  void alphaZeroIsThePhotographAndAlphaOneTheMap() {
    RgbImage photo = noise(37, 23);
    SaliencyMap map = new SaliencyMap(3, 5, values(15));
    Placement whole = new Placement(0, 0, 37 / 64.0, 23 / 64.0, 64, 64);
    assertThat(renderer(Colormap.TURBO, 0).render(photo, map, whole).rgb())
        .containsExactly(photo.rgb());

    byte[] painted = renderer(Colormap.TURBO, 1).render(photo, map, whole).rgb();
    float[] drawn = OverlayRenderer.upsample(map, 37, 23, whole);
    byte[] table = Colormap.TURBO.table();
    for (int i = 0; i < drawn.length; i++) {
      // Where 255 times the value lies half-way, rounding may fall to either neighbour.
      int low = (int) Math.floor(255 * drawn[i] + 0.499);
      int high = (int) Math.floor(255 * drawn[i] + 0.501);
      byte[] pixel = Arrays.copyOfRange(painted, 3 * i, 3 * i + 3);
      assertThat(pixel)
          .isIn(
              Arrays.copyOfRange(table, 3 * low, 3 * low + 3),
              Arrays.copyOfRange(table, 3 * high, 3 * high + 3));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 1 / 3.0, 0.4, 0.77})
  void anyAlphaBlendsWithinOneLevel(double alpha) {
    RgbImage photo = noise(16, 16);
    SaliencyMap flat = new SaliencyMap(1, 1, new float[] {3});
    byte[] overlay =
        renderer(Colormap.INFERNO, alpha)
            .render(photo, flat, new Placement(0, 0, 1, 1, 16, 16))
            .rgb();
    byte[] table = Colormap.INFERNO.table();
    for (int i = 0; i < overlay.length; i++) {
      int colour = table[3 * 255 + i % 3] & 0xff;
      double exact = (1 - alpha) * (photo.rgb()[i] & 0xff) + alpha * colour;
      assertThat((double) (overlay[i] & 0xff)).isCloseTo(exact, within(1.0));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -3, Float.NaN})
  void mapWithNothingPositiveIsDrawnAsZero(float value) {
    float[] values = new float[49];
    Arrays.fill(values, value);
    SaliencyMap map = new SaliencyMap(7, 7, values);
    assertThat(OverlayRenderer.upsample(map, 8, 8, SAME)).containsOnly(0);
    RgbImage overlay = renderer(Colormap.VIRIDIS, 1).render(noise(8, 8), map, SAME);
    for (int i = 0; i < 64; i++) {
      assertThat(pixel(overlay, i % 8, i / 8)).containsExactly(68, 1, 84);
    }
  }

  /** A crop: the square covers columns 2 to 5 and rows 1 to 4 of an 8 x 6 photograph. */
  @Test
  void outsideACropThePhotographStays() {
    RgbImage photo = noise(8, 6);
    Placement crop = new Placement(2, 1, 1, 1, 4, 4);
    SaliencyMap flat = new SaliencyMap(2, 2, new float[] {1, 1, 1, 1});
    RgbImage overlay = renderer(Colormap.VIRIDIS, 1).render(photo, flat, crop);
    float[] drawn = OverlayRenderer.upsample(flat, 8, 6, crop);
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        boolean inside = x >= 2 && x < 6 && y >= 1 && y < 5;
        assertThat(pixel(overlay, x, y))
            .isEqualTo(inside ? new int[] {253, 231, 37} : pixel(photo, x, y));
        assertThat(drawn[8 * y + x]).isEqualTo(inside ? 1 : 0);
      }
    }
  }

  /** A letterbox: an 8 x 4 photograph fills rows 2 to 5 of the 8 x 8 square. */
  @Test
  void letterboxShowsTheMiddleOfTheMap() {
    float[] values = new float[64];
    for (int i = 0; i < 64; i++) {
      values[i] = i + 1;
    }
    float[] drawn =
        OverlayRenderer.upsample(
            new SaliencyMap(8, 8, values), 8, 4, new Placement(0, -2, 1, 1, 8, 8));
    for (int i = 0; i < 32; i++) {
      assertThat(drawn[i]).isCloseTo((i + 16 + 1) / 64f, within(1e-6f));
    }
  }

  @Test
  void photographsAreScaledDownButNeverUp() {
    OverlayRenderer renderer = new OverlayRenderer(OverlayStyle.defaults());
    RgbImage large = renderer.scaleDown(grey(1001, 500, 77));
    assertThat(large.width()).isEqualTo(640);
    assertThat(large.height()).isEqualTo(320);
    assertThat(large.rgb()).containsOnly(77);
    RgbImage upright = renderer.scaleDown(grey(3, 2000, 1));
    assertThat(upright.width()).isEqualTo(1);
    assertThat(upright.height()).isEqualTo(640);
    RgbImage small = grey(640, 10, 1);
    assertThat(renderer.scaleDown(small)).isSameAs(small);
    OverlayStyle original =
        new OverlayStyle(Colormap.JET, 0.4, OverlayFormat.PNG, 90, OverlayStyle.ORIGINAL_SIZE);
    RgbImage wide = grey(1001, 5, 1);
    assertThat(new OverlayRenderer(original).scaleDown(wide)).isSameAs(wide);
  }

  private static OverlayRenderer renderer(Colormap colormap, double alpha) {
    return new OverlayRenderer(new OverlayStyle(colormap, alpha, OverlayFormat.PNG, 90, 0));
  }

  private static RgbImage grey(int width, int height, int level) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) level);
    return new RgbImage(width, height, rgb);
  }

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(5).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  private static float[] values(int count) {
    Random random = new Random(6);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int[] pixel(RgbImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    byte[] rgb = image.rgb();
    return new int[] {rgb[at] & 0xff, rgb[at + 1] & 0xff, rgb[at + 2] & 0xff};
  }
}
