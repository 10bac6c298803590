package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.UserException;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.Placement;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFolderTest {
  private static final List<ClassLabel> LABELS =
      List.of(
          new ClassLabel(0, "0", List.of("cat")),
          new ClassLabel(1, "1", List.of("dog")),
          new ClassLabel(2, "2", List.of("bird")));
  private static final PhotoFrame PHOTO = new PhotoFrame(8, 4, 1);

  @TempDir Path folder;

  private RegionSet load(String mapping) {
    return new RegionSource(folder.toString(), RegionSource.Counting.LABEL, mapping).load(LABELS);
  }

  private static double area(RegionSet set, String image, Integer label) {
    return set.region(image, label, PHOTO)
        .flatMap(region -> region.rasterise(new Placement(0, 0, 1, 1, 8, 8)))
        .map(mask -> mask.area())
        .orElse(0.0);
  }

  private void write(String name, BufferedImage image, String format) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  /** 8 x 4 with a raster value of 1 in a 2 x 2 square and of 3 in a 3 x 1 bar. */
  private static BufferedImage mask(BufferedImage image) {
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 2; x++) {
        image.getRaster().setSample(x, y, 0, 1);
      }
    }
    for (int x = 5; x < 8; x++) {
      image.getRaster().setSample(x, 3, 0, 3);
    }
    return image;
  }

  private static BufferedImage palette(int... colours) {
    return new BufferedImage(
        8,
        4,
        BufferedImage.TYPE_BYTE_INDEXED,
        new IndexColorModel(8, colours.length, colours, 0, false, -1, 0));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_3BYTE_BGR
      })
  void whateverIsNotBlackIsTheRegionWhateverTheLabel(int type) throws IOException {
    BufferedImage image = new BufferedImage(8, 4, type);
    for (int x = 0; x < 7; x++) {
      image.getRaster().setSample(x, x / 2, 0, 1);
    }
    write("a/one.png", image, "png");
    RegionSet set = load(null);
    assertThat(area(set, "a/one.jpg", 1)).isEqualTo(7);
    assertThat(area(set, "a/one.jpg", null)).isEqualTo(7);
    assertThat(set.problems().isEmpty()).isTrue();
    assertThat(area(set, "a/two.jpg", 1)).isZero();
  }

  @Test
  void transparentIsOutside() throws IOException {
    BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 1, 0xFF010000);
    image.setRGB(2, 1, 0x00FFFFFF);
    write("one.png", image, "png");
    assertThat(area(load(null), "one.jpg", 0)).isEqualTo(1);
  }

  @Test
  void oneBitMasksAreBinary() throws IOException {
    BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(3, 3, 0, 1);
    write("one.bmp", image, "bmp");
    assertThat(area(load(null), "one.jpg", 2)).isEqualTo(1);
  }

  @Test
  void aPalettesIndicesAreCategoriesByTheMapping() throws IOException {
    write("one.png", mask(palette(0, 0xFF0000, 0x00FF00, 0x0000FF)), "png");
    Path mapping =
        Files.writeString(folder.resolve("map.json"), "{\"1\": \"dog\", \"3\": \"cat\"}");
    RegionSet set = load(mapping.toString());
    assertThat(area(set, "one.jpg", 1)).isEqualTo(4);
    assertThat(area(set, "one.jpg", 0)).isEqualTo(3);
    assertThat(area(set, "one.jpg", 2)).isZero();
    assertThat(area(load(null), "one.jpg", 1)).as("an index is no class by itself").isZero();
  }

  @Test
  void greyValuesAreCategoriesIfTheMappingNamesNumbers() throws IOException {
    write("one.png", mask(new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_GRAY)), "png");
    Path mapping = Files.writeString(folder.resolve("map.yaml"), "3: cat\n");
    RegionSet set = load(mapping.toString());
    assertThat(area(set, "one.jpg", 0)).isEqualTo(3);
    assertThat(area(set, "one.jpg", 1)).isZero();
  }

  @Test
  void vocsPaletteSpeaksForItself() throws IOException {
    // VOC's published colours of 0 to 20: background, aeroplane, bicycle, bird, ...
    int[] voc = {
      0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080, 0x400000,
      0xC00000, 0x408000, 0xC08000, 0x400080, 0xC00080, 0x408080, 0xC08080, 0x004000, 0x804000,
      0x00C000, 0x80C000, 0x004080
    };
    int[] colours = java.util.Arrays.copyOf(voc, 256);
    colours[255] = 0xE0E0C0;
    BufferedImage image = mask(palette(colours));
    image.getRaster().setSample(4, 0, 0, 255);
    image.getRaster().setSample(4, 1, 0, 12); // dog
    write("one.png", image, "png");
    RegionSet set = load(null);
    assertThat(area(set, "one.jpg", 2)).as("bird is 3").isEqualTo(3);
    assertThat(area(set, "one.jpg", 1)).isEqualTo(1);
    RegionSet any =
        new RegionSource(folder.toString(), RegionSource.Counting.ANY, null).load(LABELS);
    assertThat(area(any, "one.jpg", null)).as("the border is left out").isEqualTo(8);
  }

  @Test
  void aSmallerMaskIsScaled() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 1, 0, 255);
    write("one.png", image, "png");
    assertThat(area(load(null), "one.jpg", 0)).isCloseTo(4, within(1e-9));
  }

  @Test
  void aMaskThatCannotBeDecodedIsNamed() throws IOException {
    write("good.png", mask(new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_BINARY)), "png");
    Files.writeString(folder.resolve("one.png"), "no picture");
    byte[] png = Files.readAllBytes(folder.resolve("good.png"));
    Files.write(folder.resolve("two.png"), java.util.Arrays.copyOf(png, 45));
    RegionSet set = load(null);
    assertThat(area(set, "good.jpg", 0)).isPositive();
    assertThat(area(set, "one.jpg", 0)).isZero();
    assertThat(set.problems().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("BROKEN_MASK", "one.png", "no picture of a format"),
            line -> assertThat(line).contains("BROKEN_MASK", "two.png", "cannot be decoded"));
    Files.delete(folder.resolve("good.png"));
    assertThatThrownBy(() -> load(null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("one.png: the mask is no picture of a format");
  }
}
