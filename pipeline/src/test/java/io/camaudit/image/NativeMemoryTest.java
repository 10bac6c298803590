package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tensors live outside the heap: one that is not closed is never given back. */
final class NativeMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int WIDTH = 400;
  private static final int HEIGHT = 300;

  /**
   * After a warm-up that fills heap and pools, 3000 rounds. Each passes four tensors of 0.36 MB or
   * more, so that leaking one of them would add 1 GB.
   */
  @Test
  void residentMemoryStaysFlat() throws IOException {
    assumeTrue(Files.exists(STATUS), "reads resident memory from " + STATUS);
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    Arrays.fill(rgb, (byte) 99);
    RgbImage picture = new RgbImage(WIDTH, HEIGHT, rgb);
    try (ImageEncoder encoder = new ImageEncoder();
        ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults(), true)) {
      rounds(500, picture, encoder, decoder);
      long before = residentMegabytes();
      rounds(3000, picture, encoder, decoder);
      assertThat(residentMegabytes() - before).isLessThan(300);
    }
  }

  private static void rounds(
      int count, RgbImage picture, ImageEncoder encoder, ImageDecoder decoder) {
    byte[] broken = Fixtures.bytes("truncated.jpg");
    for (int i = 0; i < count; i++) {
      byte[] jpeg = encoder.encode(picture, OverlayFormat.JPEG, 50);
      byte[] png = encoder.encode(picture, OverlayFormat.PNG, 50);
      try {
        decoder.decode(jpeg);
        decoder.decode(png);
      } catch (ImageException e) {
        throw new AssertionError(e);
      }
      try {
        decoder.decode(broken);
        throw new AssertionError("half a file was decoded");
      } catch (ImageException e) {
        assertThat(e.reason()).isEqualTo(ImageException.Reason.CORRUPT);
      }
    }
  }

  private static long residentMegabytes() throws IOException {
    String line =
        Files.readAllLines(STATUS).stream().filter(l -> l.startsWith("VmRSS:")).findFirst().get();
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
  }
}
