package io.camaudit.image;

import static io.camaudit.image.Fixtures.difference;
import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.image.Fixtures.Picture;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ImageDecoderTest {
  private static final ImageDecoder UPRIGHT = new ImageDecoder(DecodeLimits.defaults(), true);
  private static final ImageDecoder AS_STORED = new ImageDecoder(DecodeLimits.defaults(), false);

  @AfterAll
  static void close() {
    UPRIGHT.close();
    AS_STORED.close();
  }

  static List<Picture> pictures() {
    return Fixtures.pictures();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void pixelsAreThoseOfAnIndependentDecoder(Picture picture) throws ImageException {
    DecodedImage stored = AS_STORED.decode(picture.bytes());
    DecodedImage upright = UPRIGHT.decode(picture.bytes());

    assertThat(stored.format()).isEqualTo(picture.format());
    assertThat(stored.orientation()).isEqualTo(picture.orientation());
    assertThat(upright.orientation()).isEqualTo(picture.orientation());
    assertThat(difference(stored.image(), picture.stored()))
        .isLessThanOrEqualTo(picture.tolerance());
    assertThat(difference(upright.image(), picture.upright()))
        .isLessThanOrEqualTo(picture.tolerance());
  }

  /** Corners clockwise from the top left, by what EXIF says of row 0 and column 0. */
  @ParameterizedTest
  @CsvSource({"1,RGYB", "2,GRBY", "3,YBRG", "4,BYGR", "5,RBYG", "6,BRGY", "7,YGRB", "8,GYBR"})
  void cornersOfAnUprightPicture(int orientation, String corners) throws ImageException {
    byte[] file = Fixtures.bytes("orientation%d.jpg".formatted(orientation));
    assertThat(corners(UPRIGHT.decode(file).image())).isEqualTo(corners);
    assertThat(corners(AS_STORED.decode(file).image())).isEqualTo("RGYB");
  }

  @Test
  void oneDecoderServesManyThreads() throws Exception {
    List<Picture> pictures = pictures();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> differences =
          threads.invokeAll(
              java.util.stream.IntStream.range(0, 400)
                  .mapToObj(i -> pictures.get(i % pictures.size()))
                  .<java.util.concurrent.Callable<Integer>>map(
                      p ->
                          () ->
                              difference(UPRIGHT.decode(p.bytes()).image(), p.upright())
                                  - p.tolerance())
                  .toList());
      for (Future<Integer> beyondTolerance : differences) {
        assertThat(beyondTolerance.get()).isLessThanOrEqualTo(0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String corners(RgbImage image) {
    int right = image.width() - 4;
    int bottom = image.height() - 4;
    return ""
        + hue(image, 3, 3)
        + hue(image, right, 3)
        + hue(image, right, bottom)
        + hue(image, 3, bottom);
  }

  private static char hue(RgbImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    boolean red = (image.rgb()[at] & 0xff) > 128;
    boolean green = (image.rgb()[at + 1] & 0xff) > 128;
    boolean blue = (image.rgb()[at + 2] & 0xff) > 128;
    if (blue) {
      return red || green ? '?' : 'B';
    }
    return red ? (green ? 'Y' : 'R') : (green ? 'G' : '?');
  }
}
