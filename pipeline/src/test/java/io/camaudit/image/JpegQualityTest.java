package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.TestPictures;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegQualityTest {
  private static final RgbImage PICTURE = new RgbImage(16, 8, new byte[16 * 8 * 3]);

  @Test
  void everyQualityOfLibjpegIsFound() {
    try (ImageEncoder encoder = new ImageEncoder()) {
      for (int quality = 1; quality <= 100; quality++) {
        byte[] file = encoder.encode(PICTURE, OverlayFormat.JPEG, quality);
        int found = JpegQuality.of(file);
        if (quality >= 3) {
          assertThat(found).isEqualTo(quality);
        } else {
          // All steps of the lowest ones are at their greatest.
          assertThat(found).isBetween(quality, 3);
        }
      }
    }
  }

  /** Java's own writer knows no percentages, but scales the same table. */
  @Test
  void anotherProgramsTableHasTheNearestQuality() throws IOException {
    assertThat(JpegQuality.of(TestPictures.bytes("jpg", 40, 30, 1))).isEqualTo(75);
  }

  @Test
  void aTableOfTwoBytesAStepIsRead() {
    byte[] narrow = encoded(60);
    int at = table(narrow);
    byte[] wide = new byte[narrow.length + 64];
    System.arraycopy(narrow, 0, wide, 0, at + 5);
    wide[at + 3] = (byte) (2 + 1 + 128);
    wide[at + 4] |= 0x10;
    for (int i = 0; i < 64; i++) {
      wide[at + 6 + 2 * i] = narrow[at + 5 + i];
    }
    System.arraycopy(narrow, at + 5 + 64, wide, at + 5 + 128, narrow.length - at - 5 - 64);
    assertThat(JpegQuality.of(wide)).isEqualTo(60);
  }

  @Test
  void whatHasNoTableHasNoQuality() {
    byte[] file = encoded(80);
    assertThat(JpegQuality.of(Arrays.copyOf(file, table(file)))).isNull();
    assertThat(JpegQuality.of(Arrays.copyOf(file, table(file) + 30))).isNull();
    assertThat(JpegQuality.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff})).isNull();
    for (int length = 0; length < file.length; length++) {
      JpegQuality.of(Arrays.copyOf(file, length)); // never fails
    }
  }

  private static byte[] encoded(int quality) {
    try (ImageEncoder encoder = new ImageEncoder()) {
      return encoder.encode(PICTURE, OverlayFormat.JPEG, quality);
    }
  }

  /** Where the first segment of tables begins. */
  private static int table(byte[] file) {
    int at = 2;
    while ((file[at + 1] & 0xff) != 0xdb) {
      at += 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
    }
    return at;
  }
}
