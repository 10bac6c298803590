package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tensors live outside the heap: one that is not closed stays until some later collection. */
final class NativeMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int WIDTH = 400;
  private static final int HEIGHT = 300;

  private final RgbImage picture = picture();
  private final ImageEncoder encoder = new ImageEncoder();
  private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults(), true);

  @AfterEach
  void close() {
    encoder.close();
    decoder.close();
  }

  /** JavaCPP counts the native objects that are neither closed nor collected. */
  @Test
  void nothingNativeIsLeftToTheCollector() throws InterruptedException {
    rounds(3);
    System.gc();
    Thread.sleep(500); // lets JavaCPP's thread release what others left behind
    long before = Pointer.totalCount();
    rounds(10);
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
  }

  /** What TensorFlow holds by itself; a leak of one picture a round would add 360 MB. */
  @Test
  void residentMemoryStaysFlat() throws IOException {
    assumeTrue(Files.exists(STATUS), "reads resident memory from " + STATUS);
    rounds(300);
    long before = residentMegabytes();
    rounds(1000);
    assertThat(residentMegabytes() - before).isLessThan(200);
  }

  private static RgbImage picture() {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    Arrays.fill(rgb, (byte) 99);
    return new RgbImage(WIDTH, HEIGHT, rgb);
  }

  private void rounds(int count) {
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
