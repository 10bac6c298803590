package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Real photographs, where there are some: in the folder that the environment variable
 * CAMAUDIT_PHOTOS names, else in shared/photos beside the repository. Skipped without them.
 */
final class PhotographsTest {
  @Test
  void allPhotographsAreDecoded() throws IOException, ImageException {
    Path folder = folder();
    assumeTrue(
        Files.isDirectory(folder),
        "no photographs in %s; CAMAUDIT_PHOTOS names another folder".formatted(folder));
    List<Path> files = photographs(folder);
    assertThat(files).isNotEmpty();
    int compared = 0;
    try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults(), false)) {
      for (Path file : files) {
        byte[] bytes = Files.readAllBytes(file);
        RgbImage image = decoder.decode(bytes).image();
        BufferedImage reference = byImageIo(bytes);
        if (reference != null) {
          compared++;
          assertThat(image.width()).as("width of %s", file).isEqualTo(reference.getWidth());
          assertThat(image.height()).as("height of %s", file).isEqualTo(reference.getHeight());
          if (!hasColourProfile(bytes)) {
            assertThat(mean(image)).as("mean of %s", file).isCloseTo(mean(reference), within(3.0));
          }
        }
      }
    }
    // The JDK's decoder knows no CMYK, and grey ones have one channel, so that a few are not
    // compared.
    assertThat(compared).isGreaterThan(files.size() * 9 / 10);
  }

  private static Path folder() {
    String named = System.getenv("CAMAUDIT_PHOTOS");
    return named == null
        ? Path.of("..", "..", "shared", "photos").toAbsolutePath().normalize()
        : Path.of(named);
  }

  private static List<Path> photographs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)"))
          .sorted()
          .toList();
    }
  }

  private static BufferedImage byImageIo(byte[] bytes) throws IOException {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      return image == null || image.getColorModel().getNumComponents() != 3 ? null : image;
    } catch (IIOException e) {
      return null;
    }
  }

  private static double mean(RgbImage image) {
    long sum = 0;
    for (byte sample : image.rgb()) {
      sum += sample & 0xff;
    }
    return (double) sum / image.rgb().length;
  }

  private static double mean(BufferedImage image) {
    Raster raster = image.getRaster();
    int[] samples = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    return Arrays.stream(samples).average().orElseThrow();
  }

  /** The JDK applies colour profiles; the decoder, like TensorFlow, does not. */
  private static boolean hasColourProfile(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("ICC_PROFILE");
  }
}
