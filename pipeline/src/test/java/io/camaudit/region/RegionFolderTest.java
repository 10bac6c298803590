package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.region.RegionProblems.Kind;
import io.camaudit.savedmodel.ClassLabel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionFolderTest {
  private static final List<ClassLabel> LABELS =
      List.of(new ClassLabel(0, "n01", List.of("fish")), new ClassLabel(1, "n02", List.of("dog")));
  private static final PhotoFrame PHOTO = new PhotoFrame(20, 10, 1);
  private static final String FISH =
      "<annotation><size><width>20</width><height>10</height></size><object><name>fish</name><bndbox>"
          + "<xmin>1</xmin><ymin>1</ymin><xmax>5</xmax><ymax>5</ymax></bndbox></object></annotation>";

  @TempDir Path folder;

  private RegionSet load(Path path) {
    return new RegionSource(path.toString(), RegionSource.Counting.LABEL, null).load(LABELS);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void picture(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage picture = new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(3, 3, 0, 255);
    ImageIO.write(picture, "png", file.toFile());
  }

  private static boolean has(RegionSet set, String image) {
    return set.region(image, 0, PHOTO).isPresent();
  }

  private static List<Kind> kinds(RegionSet set) {
    return set.problems().problems().stream().map(RegionProblems.Problem::kind).toList();
  }

  @Test
  void xmlBesidePhotographsIsTheAnnotationInWhateverOrderTheyWereMade() throws IOException {
    List<String> names = new java.util.ArrayList<>(List.of("a.png", "a.xml", "b.png", "b.xml"));
    for (int turn = 0; turn < 4; turn++) {
      Collections.rotate(names, 1);
      for (String name : names) {
        if (name.endsWith(".xml")) {
          write(turn + "/" + name, FISH);
        } else {
          picture(turn + "/" + name);
        }
      }
      RegionSet set = load(folder.resolve(Integer.toString(turn)));
      assertThat(set.size()).isEqualTo(2);
      assertThat(set.region("a.png", 1, PHOTO)).as("the XML names a fish").isEmpty();
      assertThat(has(set, "a.png")).isTrue();
      assertThat(set.problems().lines())
          .containsExactly(
              "{\"kind\":\"PICTURE_BESIDE_XML\",\"name\":\"a.png\",\"count\":1}",
              "{\"kind\":\"PICTURE_BESIDE_XML\",\"name\":\"b.png\",\"count\":1}");
    }
  }

  @Test
  void ofARootWithBothTheXmlCountsAndTheUserIsTold() throws IOException {
    write("Annotations/a.xml", FISH);
    picture("SegmentationClass/a.png");
    picture("SegmentationObject/a.png");
    RegionSet set = load(folder);
    assertThat(set.region("a.jpg", 1, PHOTO)).isEmpty();
    assertThat(has(set, "a.jpg")).isTrue();
    assertThat(set.problems().sentences().get(0))
        .startsWith(
            "Pictures beside Pascal VOC XML files, which are no regions (give the folder of");
    RegionSet masks = load(folder.resolve("SegmentationClass"));
    assertThat(masks.region("a.jpg", 1, PHOTO)).isPresent();
  }

  @Test
  void masksOfClassesComeBeforeMasksOfObjects() throws IOException {
    picture("SegmentationClass/a.png");
    picture("SegmentationObject/a.png");
    RegionSet set = load(folder);
    assertThat(has(set, "a.jpg")).isTrue();
    assertThat(kinds(set)).contains(Kind.OBJECT_MASK);
  }

  @Test
  void linksAreFollowedAndLoopsEnd() throws IOException {
    write("there/a.xml", FISH);
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("there"));
    assertThat(has(load(folder.resolve("link")), "a.jpg")).isTrue();
    Files.createSymbolicLink(folder.resolve("there/again"), folder.resolve("there"));
    Files.createSymbolicLink(folder.resolve("there/gone.xml"), folder.resolve("nowhere"));
    RegionSet set = load(folder.resolve("link"));
    assertThat(has(set, "a.jpg")).isTrue();
    assertThat(kinds(set)).containsExactly(Kind.BROKEN_FILE);
  }

  @Test
  void hiddenAndSystemFilesAreLeftOut() throws IOException {
    write("a.xml", FISH);
    write("._a.xml", FISH);
    write("__MACOSX/b.xml", FISH);
    write("__MACOSX/deep/c.xml", FISH);
    write("z/d.xml", FISH);
    write(".DS_Store", new byte[] {0, 1});
    write("Thumbs.db", FISH);
    RegionSet set = load(folder);
    assertThat(set.size()).isEqualTo(2);
    assertThat(has(set, "d.jpg")).isTrue();
    assertThat(set.problems().sentences())
        .containsExactly(
            "Hidden and system files named like annotations, which are left out: 3"
                + " (._a.xml, __MACOSX/b.xml, __MACOSX/deep/c.xml).");
  }

  @Test
  void contentSaysWhatIsAnAnnotation() throws IOException {
    write("n01-fish/n01_1", FISH);
    write("n01-fish/n01.2", "<?xml version=\"1.0\"?><!-- by hand -->\n" + FISH);
    write("n01-fish/LICENSE", "free");
    write("notes.txt", FISH);
    RegionSet set = load(folder);
    assertThat(set.size()).isEqualTo(2);
    assertThat(has(set, "n01-fish/n01_1.jpg")).isTrue();
    assertThat(has(set, "n01-fish/n01.2.jpg")).isTrue();
    assertThat(set.problems().isEmpty()).isTrue();
  }

  @Test
  void masksWithXmlOfAnotherMeaningStayMasks() throws IOException {
    picture("a.png");
    write("a.png.aux.xml", "<PAMDataset></PAMDataset>");
    RegionSet set = load(folder);
    assertThat(set.region("a.jpg", 1, PHOTO)).isPresent();
    assertThat(kinds(set)).containsExactly(Kind.NO_ANNOTATION);
  }

  @Test
  void oneBrokenFileCostsItselfAndOldEncodingsAreRead() throws IOException {
    write("a.xml", FISH);
    write("empty.xml", "");
    write("cut.xml", FISH.substring(0, 60));
    write("space.xml", "\n\n<?xml version=\"1.0\"?>" + FISH);
    write(
        "latin.xml",
        FISH.replace("<object>", "<folder>Pêches</folder><object>")
            .getBytes(StandardCharsets.ISO_8859_1));
    write("utf16.xml", FISH.getBytes(StandardCharsets.UTF_16));
    RegionSet set = load(folder);
    for (String name : List.of("a", "space", "latin", "utf16")) {
      assertThat(has(set, name + ".jpg")).as(name).isTrue();
    }
    assertThat(set.size()).isEqualTo(4);
    assertThat(set.problems().problems())
        .extracting(RegionProblems.Problem::kind, RegionProblems.Problem::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.BROKEN_FILE, 2L),
            org.assertj.core.groups.Tuple.tuple(Kind.OTHER_ENCODING, 1L));
    assertThat(set.problems().lines().get(1))
        .contains("\"empty.xml\"")
        .contains("cannot be parsed");
  }

  @Test
  void whereNothingCanBeReadTheFirstReasonIsGiven() throws IOException {
    write("a.xml", "");
    write("b.xml", "<annotation>");
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.xml, line 1: cannot be parsed")
        .hasMessageContaining("None of the 2 XML files can be read");
  }

  @Test
  void aFolderWithACocoFileSaysSo() throws IOException {
    write("instances.json", "{}");
    assertThatThrownBy(() -> load(folder)).hasMessageContaining("but instances.json");
  }
}
