package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camaudit.image.Fixtures.Picture;
import io.camaudit.image.ImageException.Reason;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason for which a file gives no picture. */
final class RefusedFilesTest {
  private static final DecodeLimits DEFAULTS = DecodeLimits.defaults();

  static List<Picture> pictures() {
    return Fixtures.pictures();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void onePixelMoreThanTheLimitIsTooLarge(Picture picture) {
    int pixels = picture.stored().width() * picture.stored().height();
    byte[] file = picture.bytes();
    assertThatCode(() -> decode(file, new DecodeLimits(pixels, file.length)))
        .doesNotThrowAnyException();
    ImageException refusal = refusal(file, new DecodeLimits(pixels - 1, file.length));
    assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal).hasMessageContaining("32").hasMessageContaining("24");
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void oneByteMoreThanTheLimitIsTooLarge(Picture picture) {
    byte[] file = picture.bytes();
    assertThat(refusal(file, new DecodeLimits(1_000_000, file.length - 1)).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  /** A file whose pixels are missing can only be called too large by its header. */
  @ParameterizedTest
  @ValueSource(strings = {"truncated.jpg", "truncated.png"})
  void sizeIsJudgedBeforeAnythingIsDecoded(String file) {
    byte[] bytes = Fixtures.bytes(file);
    assertThat(refusal(bytes, DEFAULTS).reason()).isEqualTo(Reason.CORRUPT);
    assertThat(refusal(bytes, new DecodeLimits(32 * 24 - 1, 1 << 20)).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void hugeClaimsOfSmallFilesAreRefused() {
    assertThat(refusal(Fixtures.bytes("bomb.png"), DEFAULTS))
        .hasMessageContaining("60000 x 60000")
        .extracting(ImageException::reason)
        .isEqualTo(Reason.TOO_LARGE);

    byte[] jpeg = Fixtures.bytes("rgb.jpg");
    int frame = indexOf(jpeg, "ffc00011");
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60000).putShort(frame + 7, (short) 60000);
    assertThat(refusal(jpeg, DEFAULTS).reason()).isEqualTo(Reason.TOO_LARGE);

    byte[] bmp = Fixtures.bytes("rgb.bmp");
    ByteBuffer.wrap(bmp)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(2, Integer.MAX_VALUE) // the file's size, as the header states it
        .putInt(18, 20000)
        .putInt(22, 20000);
    assertThat(refusal(bmp, DEFAULTS).reason()).isEqualTo(Reason.TOO_LARGE);

    byte[] gif = Fixtures.bytes("transparent.gif");
    int descriptor = indexOf(gif, "2c0000000020001800");
    Arrays.fill(gif, descriptor + 5, descriptor + 9, (byte) 0xff);
    assertThat(refusal(gif, DEFAULTS).reason()).isEqualTo(Reason.TOO_LARGE);

    byte[] tiff = Fixtures.bytes("rgb16.tif");
    int width = indexOf(tiff, "010000030000000100200000");
    ByteBuffer.wrap(tiff).putShort(width + 8, (short) 60000).putShort(width + 20, (short) 60000);
    assertThat(refusal(tiff, DEFAULTS).reason()).isEqualTo(Reason.TOO_LARGE);

    byte[] webp = Fixtures.bytes("lossless.webp");
    int lossless = indexOf(webp, "5650384c"); // "VP8L"
    ByteBuffer.wrap(webp).putInt(lossless + 9, 0xffffff0f);
    assertThat(refusal(webp, DEFAULTS).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  /** The canvas says 32 x 24, the frame on it 16384 x 16384: it must not cost their memory. */
  @Test
  void hugeFrameOnSmallWebpCanvasStaysSmall() throws ImageException {
    byte[] webp = Fixtures.bytes("orientation8.webp");
    decode(webp, DEFAULTS); // loads what the first call loads
    int lossless = indexOf(webp, "5650384c");
    ByteBuffer.wrap(webp).putInt(lossless + 9, 0xffffff0f);
    long before = allocatedBytes();
    try {
      RgbImage image = decode(webp, new DecodeLimits(32 * 24, 1 << 20)).image();
      assertThat(image.width() * image.height()).isEqualTo(32 * 24);
    } catch (ImageException e) {
      assertThat(e.reason()).isIn(Reason.TOO_LARGE, Reason.CORRUPT);
    }
    assertThat(allocatedBytes() - before).isLessThan(64 << 20);
  }

  /** Far more pixels than there are bytes for; reading on past the end would take minutes. */
  @Test
  void webpThatEndsTooEarlyIsCorrupt() {
    byte[] webp = Fixtures.bytes("lossless.webp");
    int lossless = indexOf(webp, "5650384c");
    // 14 bits of width - 1, 14 of height - 1: 8000 x 8000.
    ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(lossless + 9, 7999 | 7999 << 14);
    assertThat(refusal(webp, DEFAULTS).reason()).isEqualTo(Reason.CORRUPT);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** The first half of these holds the whole first picture, which is the one that counts. */
  private static final Set<String> SEVERAL_PICTURES = Set.of("animated.webp", "pages.tif");

  static List<Picture> singlePictures() {
    return pictures().stream().filter(p -> !SEVERAL_PICTURES.contains(p.file())).toList();
  }

  @ParameterizedTest
  @MethodSource("singlePictures")
  void halfAFileIsCorrupt(Picture picture) {
    byte[] half = Arrays.copyOf(picture.bytes(), picture.bytes().length / 2);
    assertThat(refusal(half, DEFAULTS).reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void textAndNothingAreNoImages() {
    assertThat(refusal(Fixtures.bytes("text.jpg"), DEFAULTS).reason())
        .isEqualTo(Reason.NOT_AN_IMAGE);
    assertThat(refusal(new byte[0], DEFAULTS))
        .hasMessage("the file is empty")
        .extracting(ImageException::reason)
        .isEqualTo(Reason.NOT_AN_IMAGE);
    for (String text : List.of("BMW and other marques of motor cars", "GIF", "II*", "\0", "{}")) {
      assertThat(refusal(latin1(text), DEFAULTS).reason()).as(text).isEqualTo(Reason.NOT_AN_IMAGE);
    }
    assertThat(refusal(new byte[4096], DEFAULTS).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "0000001c6674797061766966000000006176696600000000, AVIF",
    "000000186674797068656963000000006d69663168656963, HEIF",
    "0000000c6a5020200d0a870a, JPEG 2000",
    "ff0a7f00, JPEG XL",
    "384250530001000000000000000300000010, Photoshop",
    "255044462d312e370a25e2e3cfd3, PDF",
    "49492a00100000004352020000000000, Canon CR2 raw",
    "000001000100101000000100, Windows icon",
    "50360a3332203234 0a, Netpbm",
    "762f310102000000, OpenEXR",
    "49492b000800000010000000, BigTIFF",
  })
  void otherFormatsAreNamed(String hex, String name) {
    byte[] file = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(refusal(file, DEFAULTS))
        .hasMessage("a picture of the format %s is not decoded", name)
        .extracting(ImageException::reason)
        .isEqualTo(Reason.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg width='3'>",
        "\n <!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN'>\n<svg>",
        "\u00ef\u00bb\u00bf<svg>"
      })
  void svgIsNamedWhateverItsPrologue(String text) {
    assertThat(refusal(latin1(text), DEFAULTS))
        .hasMessageContaining("SVG")
        .extracting(ImageException::reason)
        .isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void samplesThatAreNoBytesAreUnsupported() {
    assertThat(refusal(Fixtures.bytes("float.tif"), DEFAULTS).reason())
        .isEqualTo(Reason.UNSUPPORTED);
    byte[] twelveBit = Fixtures.bytes("rgb.jpg");
    twelveBit[indexOf(twelveBit, "ffc00011") + 4] = 12;
    assertThat(refusal(twelveBit, DEFAULTS))
        .hasMessageContaining("12 bits")
        .extracting(ImageException::reason)
        .isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void messagesAreSentencesForPeople() {
    byte[] webp = Fixtures.bytes("lossless.webp");
    assertThat(refusal(Arrays.copyOf(webp, webp.length / 2), DEFAULTS))
        .hasMessage("the WebP is broken or cut off");
    for (String file : List.of("truncated.jpg", "truncated.png", "text.jpg", "bomb.png")) {
      assertThat(refusal(Fixtures.bytes(file), DEFAULTS).getMessage())
          .doesNotContain("Exception", "{{", "\n", "org.", "null")
          .hasSizeLessThan(120);
    }
  }

  private static DecodedImage decode(byte[] file, DecodeLimits limits) throws ImageException {
    try (ImageDecoder decoder = new ImageDecoder(limits, true)) {
      return decoder.decode(file);
    }
  }

  private static ImageException refusal(byte[] file, DecodeLimits limits) {
    ImageException refusal = catchThrowableOfType(ImageException.class, () -> decode(file, limits));
    assertThat(refusal).as("the file is refused").isNotNull();
    return refusal;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Where these bytes stand first. */
  private static int indexOf(byte[] file, String hex) {
    int digit = HexFormat.of().formatHex(file).indexOf(hex);
    assertThat(digit).as("%s stands in the file", hex).isNotNegative().isEven();
    return digit / 2;
  }
}
