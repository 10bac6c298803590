package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegMetadataTest {
  private static final byte[] PLAIN = Scene.draw(0, new Random(1)).jpeg();

  @Test
  void takesOutWhoAndWhereAndKeepsEveryPixel() throws IOException {
    byte[] told =
        with(
            0xE1,
            "Exif\0\0GPS 48.1 N 11.5 E",
            with(0xFE, "taken by Jane", with(0xED, "IPTC", PLAIN)));
    byte[] stripped = JpegMetadata.strip(told);
    assertThat(text(told)).contains("GPS", "Jane", "IPTC");
    assertThat(text(stripped)).doesNotContain("GPS", "Jane", "IPTC");
    assertThat(pixels(stripped)).isEqualTo(pixels(PLAIN));
  }

  @Test
  void keepsWhatDecidesTheColours() {
    byte[] profile = with(0xE2, "ICC_PROFILE\0", with(0xEE, "Adobe", PLAIN));
    assertThat(text(JpegMetadata.strip(profile))).contains("ICC_PROFILE", "Adobe");
  }

  @Test
  void refusesWhatIsNotLaidOutLikeAJpeg() {
    byte[] cut = Arrays.copyOf(PLAIN, 8);
    byte[] pastTheEnd = PLAIN.clone();
    pastTheEnd[4] = (byte) 0xFF;
    pastTheEnd[5] = (byte) 0xFF;
    assertThat(JpegMetadata.strip(new byte[0])).isNull();
    assertThat(JpegMetadata.strip("no picture at all".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(JpegMetadata.strip(cut)).isNull();
    assertThat(JpegMetadata.strip(Arrays.copyOf(pastTheEnd, 600))).isNull();
  }

  /** The JPEG with one more segment at its start. */
  private static byte[] with(int marker, String content, byte[] jpeg) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(marker);
    out.write((bytes.length + 2) >> 8);
    out.write(bytes.length + 2);
    out.writeBytes(bytes);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static int[] pixels(byte[] jpeg) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
