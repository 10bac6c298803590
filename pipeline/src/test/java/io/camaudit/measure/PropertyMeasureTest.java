package io.camaudit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.image.RgbImage;
import io.camaudit.report.ImageProperties;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PropertyMeasureTest {
  @Test
  void aBlackAndAWhitePixelByHand() {
    ImageProperties found = PropertyMeasure.of(picture(2, 1, (x, y) -> x == 0 ? 0 : 0xffffff), 75);
    assertThat(found.brightness()).isEqualTo(0.5);
    assertThat(found.contrast()).isEqualTo(0.5);
    assertThat(found.warmth()).isZero();
    assertThat(found.tint()).isZero();
    // One step of 1 over a contrast of a half.
    assertThat(found.sharpness()).isEqualTo(2);
    assertThat(found.jpegQuality()).isEqualTo(75);
  }

  @Test
  void coloursByHand() {
    ImageProperties red = PropertyMeasure.of(picture(3, 3, (x, y) -> 0xff0000), null);
    assertThat(red.brightness()).isEqualTo(0.299);
    assertThat(red.contrast()).isZero();
    assertThat(red.warmth()).isEqualTo(1);
    assertThat(red.tint()).isEqualTo(-0.5);
    assertThat(red.sharpness()).as("nothing to be sharp").isNull();
    assertThat(red.jpegQuality()).isNull();
    ImageProperties olive = PropertyMeasure.of(picture(1, 1, (x, y) -> 0x336633), null);
    assertThat(olive.warmth()).isZero();
    assertThat(olive.tint()).isEqualTo(0.2);
    assertThat(olive.sharpness()).isNull();
  }

  @Test
  void noiseIsSharpAndARampIsNot() {
    Random random = new Random(3);
    ImageProperties noise =
        PropertyMeasure.of(picture(400, 300, (x, y) -> 0x010101 * random.nextInt(256)), null);
    assertThat(noise.sharpness()).isCloseTo(Math.sqrt(2), within(0.02));
    ImageProperties ramp = PropertyMeasure.of(picture(256, 256, (x, y) -> 0x010101 * x), null);
    // Steps of 1/255 to the right and of 0 downwards; the standard deviation of an even spread.
    double sd = 256 / Math.sqrt(12) / 255;
    assertThat(ramp.contrast()).isCloseTo(sd, within(1e-3));
    assertThat(ramp.sharpness()).isCloseTo(Math.sqrt(0.5) / 255 / sd, within(1e-3));
  }

  @Test
  void contrastDoesNotMakeSharp() {
    Random random = new Random(6);
    int[] grey = random.ints(64 * 64, 0, 100).toArray();
    ImageProperties flat =
        PropertyMeasure.of(picture(64, 64, (x, y) -> 0x010101 * grey[64 * y + x]), null);
    ImageProperties rich =
        PropertyMeasure.of(picture(64, 64, (x, y) -> 0x010101 * 2 * grey[64 * y + x]), null);
    assertThat(rich.contrast()).isCloseTo(2 * flat.contrast(), within(2e-6));
    assertThat(rich.sharpness()).isCloseTo(flat.sharpness(), within(1e-5));
  }

  /** The grid is a sample: of a small picture all of it, of a large one enough. */
  @Test
  void aLargePictureIsMeasuredOnAGrid() {
    Painter waves =
        (x, y) -> 0x010101 * (int) (127 + 100 * Math.sin(x / 60.0) * Math.cos(y / 45.0));
    RgbImage picture = picture(1500, 1001, waves);
    ImageProperties found = PropertyMeasure.of(picture, null);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < picture.rgb().length; i += 3) {
      double level = (picture.rgb()[i] & 0xff) / 255.0;
      sum += level;
      squares += level * level;
    }
    double n = 1500 * 1001;
    double mean = sum / n;
    assertThat(found.brightness()).isCloseTo(mean, within(0.003));
    assertThat(found.contrast()).isCloseTo(Math.sqrt(squares / n - mean * mean), within(0.003));
  }

  @Test
  void theLargestSumsFit() {
    ImageProperties white =
        PropertyMeasure.of(picture(200, 200, (x, y) -> x < 100 ? 0xffffff : 0), null);
    assertThat(white.brightness()).isEqualTo(0.5);
    assertThat(white.contrast()).isEqualTo(0.5);
  }

  private interface Painter {
    int rgb(int x, int y);
  }

  private static RgbImage picture(int width, int height, Painter painter) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int colour = painter.rgb(x, y);
        int at = 3 * (width * y + x);
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
