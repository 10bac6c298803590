package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.image.Fixtures.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Files broken at random end in a picture or in an ImageException, never in anything else. */
final class HostileFilesTest {
  private static final int CASES_PER_PICTURE = 30;
  private static final long SEED = 20261121;

  @Test
  void brokenFilesEndInAPictureOrAReason() {
    DecodeLimits limits = new DecodeLimits(4_000_000, 1 << 20);
    List<String> wrong = new ArrayList<>();
    int pictures = 0;
    int refusals = 0;
    try (ImageDecoder decoder = new ImageDecoder(limits, true)) {
      for (Picture picture : Fixtures.pictures()) {
        SplittableRandom random = new SplittableRandom(SEED + picture.file().hashCode());
        for (int i = 0; i < CASES_PER_PICTURE; i++) {
          byte[] file = broken(picture.bytes(), i, random);
          try {
            RgbImage image = decoder.decode(file).image();
            assertThat((long) image.width() * image.height()).isLessThanOrEqualTo(4_000_000);
            pictures++;
          } catch (ImageException e) {
            assertThat(e.getMessage()).isNotBlank();
            refusals++;
          } catch (Throwable e) {
            wrong.add("%s, case %d: %s".formatted(picture, i, e));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    // Both ends are reached often, else the damage is too slight or too great to test anything.
    assertThat(pictures).isGreaterThan(100);
    assertThat(refusals).isGreaterThan(500);
  }

  /** In turn: cut off, one to eight bits flipped anywhere, or in the first 64 bytes. */
  private static byte[] broken(byte[] file, int i, SplittableRandom random) {
    if (i % 3 == 0) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
    int range = i % 3 == 1 ? file.length : Math.min(64, file.length);
    for (int flips = random.nextInt(1, 9); flips > 0; flips--) {
      file[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }
}
