package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.savedmodel.Placement;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class MapPicturesTest {
  private static final int SIDE = 100;
  private static final Placement WHOLE = new Placement(0, 0, 1, 1, SIDE, SIDE);

  /** Its middle lies half-way between 0 and 1 on the line x = 50. */
  private static final SaliencyMap RISING = new SaliencyMap(1, 2, new float[] {0, 1});

  @Test
  void aHeatmapIsWhiteOutsideTheInput() {
    Placement crop = new Placement(20, 0, 1, 1, 60, SIDE);
    RgbImage heat = pictures(PictureStyle.HEATMAP).one(grey(), map(RISING), crop);
    assertThat(pixel(heat, 19, 50)).containsExactly(255, 255, 255);
    byte[] table = Colormap.TURBO.table();
    assertThat(pixel(heat, 20, 50)).containsExactly(bytes(table, 0));
    assertThat(pixel(heat, 79, 50)).containsExactly(bytes(table, 255));
  }

  @Test
  void contoursLieWhereTheMapCrossesThem() {
    RgbImage lines = pictures(PictureStyle.CONTOUR).one(grey(), map(RISING), WHOLE);
    byte[] table = Colormap.TURBO.table();
    // u·2/100 − ½ = level: 37.5, 50 and 62.5 from the left edge.
    assertThat(pixel(lines, 37, 50)).containsExactly(bytes(table, 64));
    assertThat(pixel(lines, 62, 50)).containsExactly(bytes(table, 191));
    for (int x : new int[] {5, 30, 44, 56, 70, 95}) {
      assertThat(pixel(lines, x, 50)).containsExactly(100, 100, 100);
    }
    // Half a pixel from the line: mostly its colour.
    assertThat(pixel(lines, 49, 50)).isNotEqualTo(new int[] {100, 100, 100});
  }

  @Test
  void aMapWithNothingPositiveHasNoContours() {
    SaliencyMap none = new SaliencyMap(2, 2, new float[] {-1, -1, -2, 0});
    RgbImage photo = grey();
    RgbImage lines = pictures(PictureStyle.CONTOUR).one(photo, map(none), WHOLE);
    assertThat(lines.rgb()).containsExactly(photo.rgb());
  }

  @Test
  void aTriptychIsThreePicturesInARow() {
    RgbImage row = pictures(PictureStyle.TRIPTYCH).one(grey(), map(RISING, "fish  61.2 %"), WHOLE);
    assertThat(row.width()).isEqualTo(3 * SIDE + 16);
    int top = row.height() - SIDE;
    assertThat(pixel(row, 5, top + 5)).containsExactly(100, 100, 100);
    assertThat(pixel(row, 104, top + 5)).containsExactly(255, 255, 255); // the gap
    assertThat(pixel(row, 108, top + 5)).containsExactly(bytes(Colormap.TURBO.table(), 0));
    assertThat(inked(row, top)).isTrue();
  }

  @Test
  void aSheetHasRowsOfFive() {
    TitledMap one = map(RISING, "fish  61.2 %");
    RgbImage sheet =
        pictures(PictureStyle.SIDE_BY_SIDE).sheet(grey(), List.of(one, one, one, one, one), WHOLE);
    assertThat(sheet.width()).isEqualTo(5 * SIDE + 4 * 8);
    int row = Lettering.SMALL.height() + 6 + SIDE;
    assertThat(sheet.height()).isEqualTo(2 * row + 8);
  }

  @Test
  void theFrameShowsWhereTheInputCutsThePhotograph() {
    OverlayStyle framed = style(PictureStyle.OVERLAY, false, true);
    Placement crop = new Placement(20, 0, 1, 1, 60, SIDE);
    RgbImage picture = new MapPictures(framed).one(grey(), map(RISING), crop);
    assertThat(pixel(picture, 20, 50)).containsExactly(0, 0, 0);
    assertThat(pixel(picture, 21, 50)).containsExactly(255, 255, 255);
    assertThat(pixel(picture, 22, 50)).containsExactly(0, 0, 0);
    assertThat(pixel(picture, 19, 50)).containsExactly(100, 100, 100);
    RgbImage whole = new MapPictures(framed).one(grey(), map(RISING), WHOLE);
    assertThat(whole.rgb())
        .containsExactly(pictures(PictureStyle.OVERLAY).one(grey(), map(RISING), WHOLE).rgb());
  }

  @Test
  void theLegendStandsBesideThePicture() {
    OverlayStyle style = style(PictureStyle.HEATMAP, true, false);
    RgbImage picture = new MapPictures(style).one(grey(), map(RISING), WHOLE);
    assertThat(picture.width()).isGreaterThan(SIDE + 22);
    assertThat(pixel(picture, SIDE + 10, 0)).containsExactly(bytes(Colormap.TURBO.table(), 255));
    assertThat(pixel(picture, SIDE + 10, 99)).containsExactly(bytes(Colormap.TURBO.table(), 0));
  }

  @Test
  void numbersHaveThreeDigitsInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("bn-BD-u-nu-beng"));
      assertThat(List.of(0f, 1f, 0.03117f, 12.345f, 1234f, 0.00012f, -2.5f).stream())
          .map(Legend::number)
          .containsExactly("0", "1.00", "0.0312", "12.3", "1234", "1.20e-04", "-2.50");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aFilmShowsItsFramesInOrderWithoutEnd() throws IOException {
    List<TitledMap> maps =
        List.of(
            map(new SaliencyMap(1, 1, new float[] {1}), "first", "fish"),
            map(new SaliencyMap(1, 2, new float[] {1, 0}), "second", "fish"),
            map(RISING, "third", "fish"));
    byte[] film = pictures(PictureStyle.GIF).film(grey(), maps, WHOLE);
    assertThat(film).isEqualTo(pictures(PictureStyle.GIF).film(grey(), maps, WHOLE));
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(film))) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        BufferedImage frame = reader.read(i);
        RgbImage overlay = pictures(PictureStyle.OVERLAY).one(grey(), maps.get(i), WHOLE);
        assertThat(frame.getWidth()).isEqualTo(SIDE);
        int top = frame.getHeight() - SIDE;
        for (int x = 2; x < SIDE; x += 19) {
          // The maps vary from left to right alone; colours are right on the average.
          double[] mean = new double[3];
          for (int y = top + 10; y < top + 90; y++) {
            for (int channel = 0; channel < 3; channel++) {
              mean[channel] += (frame.getRGB(x, y) >> 8 * (2 - channel) & 0xff) / 80.0;
            }
          }
          for (int channel = 0; channel < 3; channel++) {
            assertThat(mean[channel]).isCloseTo(pixel(overlay, x, 50)[channel], within(6.0));
          }
        }
      }
      Element metadata =
          (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
      NodeList loops = metadata.getElementsByTagName("ApplicationExtension");
      assertThat(loops.getLength()).isEqualTo(1);
      assertThat(((Element) loops.item(0)).getAttribute("applicationID")).isEqualTo("NETSCAPE");
    }
    // Once: 0x21 0xff 11 NETSCAPE2.0 3 1 and 0 repetitions, which means without end.
    String text = new String(film, StandardCharsets.ISO_8859_1);
    assertThat(text.split("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000", -1)).hasSize(2);
  }

  @Test
  void fewColoursStayWhatTheyAre() {
    byte[] rgb = new byte[3 * 16];
    for (int i = 0; i < 8; i++) {
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) 255);
    }
    RgbImage picture = new RgbImage(4, 4, rgb);
    BufferedImage indexed = new Palette(picture).indexed(picture);
    for (int i = 0; i < 16; i++) {
      assertThat(indexed.getRGB(i % 4, i / 4)).isEqualTo(i < 8 ? 0xffffffff : 0xff000000);
    }
  }

  @Test
  void textIsTheSameEverywhereAndIsShortened() {
    Lettering letters = Lettering.SMALL;
    assertThat(letters.width("fish")).isEqualTo(letters.width("fi") + letters.width("sh"));
    assertThat(letters.shortened("cairn terrier", letters.width("cairn terrier")))
        .isEqualTo("cairn terrier");
    assertThat(letters.shortened("cairn terrier", letters.width("cairn…"))).isEqualTo("cairn…");
    assertThat(letters.width("e\u0301")).isEqualTo(letters.width("é"));
    assertThat(MapPictures.canWrite("Spürhund, щенок, σκύλος")).isTrue();
    assertThat(MapPictures.canWrite("犬")).isFalse();
  }

  @Test
  void numpyReadsWhatIsWritten() {
    byte[] file = NumpyArray.of(new SaliencyMap(2, 3, new float[] {1, -2, 3, 4, 5, 6.5f}));
    String head = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(head).startsWith("\u0093NUMPY\u0001\u0000");
    int length = ByteBuffer.wrap(file, 8, 2).order(ByteOrder.LITTLE_ENDIAN).getShort();
    assertThat((10 + length) % 64).isEqualTo(0);
    assertThat(head.substring(10, 10 + length))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
        .endsWith("\n");
    ByteBuffer values =
        ByteBuffer.wrap(file, 10 + length, file.length - 10 - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(values.remaining()).isEqualTo(24);
    assertThat(values.getFloat(10 + length + 4)).isEqualTo(-2);
    assertThat(values.getFloat(10 + length + 20)).isEqualTo(6.5f);
  }

  private static MapPictures pictures(PictureStyle picture) {
    return new MapPictures(style(picture, false, false));
  }

  private static OverlayStyle style(PictureStyle picture, boolean legend, boolean frame) {
    return new OverlayStyle(
        picture, Profile.DEFAULT.look(), legend, frame, OverlayFormat.PNG, 90, 0);
  }

  private static TitledMap map(SaliencyMap map, String... lines) {
    return new TitledMap(map, List.of(lines));
  }

  private static RgbImage grey() {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    Arrays.fill(rgb, (byte) 100);
    return new RgbImage(SIDE, SIDE, rgb);
  }

  /** Whether there is something dark above a row. */
  private static boolean inked(RgbImage picture, int above) {
    for (int i = 0; i < 3 * picture.width() * above; i++) {
      if ((picture.rgb()[i] & 0xff) < 100) {
        return true;
      }
    }
    return false;
  }

  private static int[] bytes(byte[] table, int colour) {
    return new int[] {
      table[3 * colour] & 0xff, table[3 * colour + 1] & 0xff, table[3 * colour + 2] & 0xff
    };
  }

  private static int[] pixel(RgbImage image, int x, int y) {
    return bytes(image.rgb(), y * image.width() + x);
  }
}
