package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.measure.RegionMask;
import io.camaudit.region.RegionProblems.Kind;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocFolderTest {
  private static final List<ClassLabel> LABELS =
      List.of(new ClassLabel(0, "n02", List.of("cat")), new ClassLabel(1, "n01", List.of("dog")));
  private static final PhotoFrame PHOTO = new PhotoFrame(20, 10, 1);

  @TempDir Path folder;

  private RegionSet load() {
    return new RegionSource(folder.toString(), RegionSource.Counting.LABEL, null).load(LABELS);
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String object(String name, int xmin, int ymin, int xmax, int ymax) {
    return """
        <object><name>%s</name><part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin>
        <xmax>2</xmax><ymax>2</ymax></bndbox></part>
        <bndbox><xmax>%d</xmax><xmin>%d</xmin><ymin>%d</ymin><ymax>%d</ymax></bndbox></object>
        """
        .formatted(name, xmax, xmin, ymin, ymax);
  }

  private static String annotation(String content) {
    return "<annotation>\n<filename>elsewhere.jpg</filename><size><width>20</width>"
        + "<height>10</height></size>\n"
        + content
        + "\n</annotation>";
  }

  private static RegionMask.Box box(RegionSet set, String image, Integer label) {
    return set.region(image, label, PHOTO)
        .flatMap(region -> region.rasterise(new Placement(0, 0, 1, 1, 20, 20)))
        .map(RegionMask::box)
        .orElse(null);
  }

  @Test
  void boxesAreCountedFromOneWithTheirEnds() throws IOException {
    write("a/one.xml", annotation(object("dog", 3, 2, 6, 5) + object("n02", 1, 1, 20, 10)));
    RegionSet set = load();
    assertThat(box(set, "a/one.jpg", 1)).isEqualTo(new RegionMask.Box(2, 1, 6, 5));
    assertThat(box(set, "a/one.jpg", 0)).isEqualTo(new RegionMask.Box(0, 0, 20, 10));
    assertThat(box(set, "one.jpeg", 1)).as("by base name").isNotNull();
    assertThat(box(set, "elsewhere.jpg", 1)).isNull();
    assertThat(set.problems().isEmpty()).isTrue();
  }

  @Test
  void countsWhatIsOddAndGoesOn() throws IOException {
    write(
        "one.xml",
        annotation(
            object("dog", 15, 5, 30, 10)
                + object("unicorn", 1, 1, 2, 2)
                + object("dog", 5, 5, 3, 9)
                + "<object><name>dog</name></object>"));
    assertThat(load().problems().problems())
        .extracting(RegionProblems.Problem::kind, RegionProblems.Problem::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.OUTSIDE_IMAGE, 1L),
            org.assertj.core.groups.Tuple.tuple(Kind.EMPTY_SHAPE, 2L),
            org.assertj.core.groups.Tuple.tuple(Kind.UNKNOWN_CATEGORY, 1L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<annotation><object> | line 1: cannot be parsed",
        "<html></html> | begins with <html>, expected <annotation>",
        "<annotation><object><name>dog</name><bndbox><xmin>1</xmin></bndbox></object></annotation>"
            + " | line 1: a bndbox has no <ymin>",
        "<annotation><object><name>dog</name><bndbox><xmin>one</xmin></bndbox></object></annotation>"
            + " | <xmin> wants a number, got \"one\"",
        "~~ | cannot be parsed",
      })
  void aFileThatCannotBeParsedIsNamedWithThePlace(String xml, String message) throws IOException {
    write("broken.xml", xml);
    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("broken.xml")
        .hasMessageContaining(message);
  }

  @Test
  void entitiesAndDocumentTypesAreRefused() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "dog");
    write(
        "evil.xml",
        "<!DOCTYPE annotation [<!ENTITY name SYSTEM \""
            + secret.toUri()
            + "\">]>\n"
            + "<annotation><object><name>&name;</name></object></annotation>");
    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("evil.xml")
        .hasMessageContaining("DOCTYPE");
  }

  @Test
  void aBombOfEntitiesIsRefusedAtOnce() throws IOException {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE annotation [<!ENTITY a0 \"lol\">");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY a%d \"&a%d;&a%d;&a%d;\">".formatted(i, i - 1, i - 1, i - 1));
    }
    write("bomb.xml", bomb + "]><annotation><object><name>&a29;</name></object></annotation>");
    assertThatThrownBy(this::load).hasMessageContaining("DOCTYPE");
  }

  @Test
  void anEmptyFolderIsNamed() {
    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("neither Pascal VOC XML files nor masks");
  }
}
