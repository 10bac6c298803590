package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ImageEncoderTest {
  private static final ImageEncoder ENCODER = new ImageEncoder();
  private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.defaults(), true);

  @AfterAll
  static void close() {
    ENCODER.close();
    DECODER.close();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "64,48", "33,17", "7,200"})
  void pngKeepsEveryPixel(int width, int height) throws Exception {
    RgbImage picture = gradient(width, height);
    byte[] file = ENCODER.encode(picture, OverlayFormat.PNG, 90);
    DecodedImage decoded = DECODER.decode(file);
    assertThat(decoded.format()).isEqualTo(ImageFormat.PNG);
    assertThat(Fixtures.difference(decoded.image(), picture)).isZero();
    assertThat(Fixtures.difference(byImageIo(file), picture)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "64,48", "33,17", "7,200"})
  void jpegComesClose(int width, int height) throws Exception {
    RgbImage picture = gradient(width, height);
    byte[] file = ENCODER.encode(picture, OverlayFormat.JPEG, 95);
    DecodedImage decoded = DECODER.decode(file);
    assertThat(decoded.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(Fixtures.difference(decoded.image(), picture)).isLessThanOrEqualTo(8);
    assertThat(Fixtures.difference(byImageIo(file), picture)).isLessThanOrEqualTo(8);
  }

  @Test
  void jpegIsBaselineWithHalvedColour() {
    String hex = HexFormat.of().formatHex(ENCODER.encode(gradient(64, 48), OverlayFormat.JPEG, 90));
    // Frame header: baseline (C0), 8 bits, 48 x 64, 3 channels sampled 2x2, 1x1, 1x1.
    assertThat(hex).containsPattern("ffc0001108003000400301220002110[01]03110[01]");
  }

  @Test
  void lowerQualityMakesSmallerFiles() {
    RgbImage picture = gradient(128, 128);
    assertThat(ENCODER.encode(picture, OverlayFormat.JPEG, 20))
        .hasSizeLessThan(ENCODER.encode(picture, OverlayFormat.JPEG, 95).length);
  }

  @ParameterizedTest
  @EnumSource
  void samePictureGivesTheSameBytes(OverlayFormat format) {
    byte[] once = ENCODER.encode(gradient(50, 40), format, 90);
    assertThat(ENCODER.encode(gradient(50, 40), format, 90)).containsExactly(once);
    try (ImageEncoder another = new ImageEncoder()) {
      assertThat(another.encode(gradient(50, 40), format, 90)).containsExactly(once);
    }
  }

  private static RgbImage byImageIo(byte[] file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = image.getRGB(i / 3 % image.getWidth(), i / 3 / image.getWidth());
      rgb[i] = (byte) (pixel >> (16 - 8 * (i % 3)));
    }
    return new RgbImage(image.getWidth(), image.getHeight(), rgb);
  }

  private static RgbImage gradient(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      rgb[3 * i] = (byte) (40 + x);
      rgb[3 * i + 1] = (byte) (20 + y);
      rgb[3 * i + 2] = (byte) ((x + y) / 2 + 10);
    }
    return new RgbImage(width, height, rgb);
  }
}
