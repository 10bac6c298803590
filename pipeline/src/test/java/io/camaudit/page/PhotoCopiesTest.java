package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.storage.RunFolder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoCopiesTest {
  @TempDir private Path folder;
  private PhotoCopies copies;
  private Path to;

  @BeforeEach
  void open() {
    copies = copies(true);
    to = folder.resolve("copy.jpg");
  }

  private PhotoCopies copies(boolean orient) {
    PageInput input =
        new PageInput(
            new RunFolder(folder.toString()),
            PhotoSource.below(folder.toString()),
            OutlineSource.NONE,
            MapFrame.WHOLE,
            orient);
    return new PhotoCopies(input, PageOptions.defaults());
  }

  private static ImageReport report(String image, String format, int orientation) {
    return new ImageReport(
        ImageReport.SCHEMA,
        image,
        ImageStatus.OK,
        null,
        new ImageFile(format, 320, 240, orientation, 1L, "00", null),
        null,
        List.of(),
        null,
        List.of(),
        null);
  }

  @Test
  void aSmallUprightJpegIsCopiedAsItIs() throws IOException {
    byte[] jpeg = Scene.draw(1, new Random(3)).jpeg();
    Files.write(folder.resolve("a b#1.jpg"), jpeg);
    assertThat(copies.write(report("a b#1.jpg", "JPEG", 1), to)).isTrue();
    assertThat(Files.readAllBytes(to)).isEqualTo(JpegMetadata.strip(jpeg)).isEqualTo(jpeg);
  }

  @Test
  void aLargePngBecomesASmallJpegOfTheSameProportions() throws IOException {
    BufferedImage image = new BufferedImage(1600, 800, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.RED);
    g.fillRect(0, 0, 800, 800);
    g.dispose();
    ImageIO.write(image, "png", folder.resolve("large.png").toFile());
    assertThat(copies.write(report("large.png", "PNG", 1), to)).isTrue();
    BufferedImage copy = ImageIO.read(to.toFile());
    assertThat(copy.getWidth()).isEqualTo(640);
    assertThat(copy.getHeight()).isEqualTo(320);
    assertThat(new Color(copy.getRGB(100, 100)).getRed()).isGreaterThan(240);
    assertThat(new Color(copy.getRGB(500, 100)).getRed()).isLessThan(15);
  }

  @Test
  void aPictureOnItsSideIsTurnedOnlyIfTheRunTurnedIt() throws IOException {
    BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", plain);
    Files.write(folder.resolve("side.jpg"), withOrientation(6, plain.toByteArray()));
    assertThat(copies.write(report("side.jpg", "JPEG", 6), to)).isTrue();
    assertThat(ImageIO.read(to.toFile()).getWidth()).isEqualTo(32);
    assertThat(copies(false).write(report("side.jpg", "JPEG", 6), to)).isTrue();
    assertThat(ImageIO.read(to.toFile()).getWidth()).isEqualTo(64);
    assertThat(new String(Files.readAllBytes(to), StandardCharsets.ISO_8859_1))
        .doesNotContain("Exif");
  }

  @Test
  void whatIsGoneOrBrokenHasNoCopy() throws IOException {
    Files.writeString(folder.resolve("text.jpg"), "no picture");
    assertThat(copies.write(report("gone.jpg", "JPEG", 1), to)).isFalse();
    assertThat(copies.write(report("text.jpg", "JPEG", 1), to)).isFalse();
    assertThat(to).doesNotExist();
  }

  /** The JPEG with an EXIF block of one entry. */
  private static byte[] withOrientation(int orientation, byte[] jpeg) {
    byte[] exif =
        ("Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0" + (char) orientation + "\0\0\0\0\0\0")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (exif.length + 2)});
    out.writeBytes(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
