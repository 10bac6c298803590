package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.region.RegionProblems.Kind;
import io.camaudit.savedmodel.ClassLabel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionClassesTest {
  // ImageNet has two cranes.
  private static final List<ClassLabel> LABELS =
      List.of(
          new ClassLabel(0, "n02012849", List.of("crane")),
          new ClassLabel(1, "n03126707", List.of("crane")),
          new ClassLabel(2, "n3", List.of("Polish")),
          new ClassLabel(3, "n4", List.of("polish")),
          new ClassLabel(4, "n5", List.of("b\u00eate")),
          new ClassLabel(5, "n6", List.of("5")));

  private static RegionClasses classes(Map<String, List<String>> mapping) {
    return RegionClasses.of(RegionSource.Counting.LABEL, LABELS, mapping, "map.yaml");
  }

  private static List<String> told(RegionClasses classes, String name) {
    RegionProblems.Tally tally = new RegionProblems.Tally();
    classes.tell(new Category(null, name), tally);
    return tally.problems().lines();
  }

  @ParameterizedTest
  @CsvSource({
    "crane, 0 1, SEVERAL_CLASSES, crane for 0 crane and 1 crane",
    "Polish, 2, '', ''",
    "polish, 3, '', ''",
    "POLISH, 2 3, SEVERAL_CLASSES, POLISH for 2 Polish and 3 polish",
    "be\u0302te, 4, OTHER_FORM_OF_CATEGORY, be\u0302te for 4 b\u00eate",
    "n5, 4, '', ''",
    "N5, 4, OTHER_FORM_OF_CATEGORY, N5 for 4 b\u00eate",
    "5, 5, '', ''",
    "kran, '', UNKNOWN_CATEGORY, kran",
  })
  void asItStandsFirstThenForgivingAndTold(String name, String wanted, String kind, String told) {
    RegionClasses classes = classes(Map.of());
    for (int label = 0; label < LABELS.size(); label++) {
      assertThat(classes.counts(new Category(null, name), label))
          .as("label " + label)
          .isEqualTo(List.of(wanted.split(" ")).contains(Integer.toString(label)));
    }
    if (kind.isEmpty()) {
      assertThat(told(classes, name)).isEmpty();
    } else {
      assertThat(told(classes, name))
          .anySatisfy(line -> assertThat(line).contains(Kind.valueOf(kind).name(), told));
    }
  }

  @Test
  void twoClassesThatAMappingListsAreMeant() {
    RegionClasses classes = classes(Map.of("bird", List.of("n02012849", "n5")));
    assertThat(classes.classes(new Category("16", "bird"))).containsExactlyInAnyOrder(0, 4);
    assertThat(told(classes, "bird")).isEmpty();
    assertThat(classes.classes(new Category("16", null))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#ff8000 | #ff8000",
        "#FF8000 | #ff8000",
        "0xFF8000 | #ff8000",
        "255,128,0 | #ff8000",
        "255 128 0 | #ff8000",
        "rgb(255, 128, 0) | #ff8000",
        "[255, 128, 0] | #ff8000",
        "(0, 0, 7) | #000007",
        "256,0,0 | ",
        "12 | ",
        "cat | ",
      })
  void coloursInTheFormsThatPeopleWrite(String text, String colour) {
    assertThat(MaskColour.parse(text)).isEqualTo(colour);
  }
}
