package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.region.RegionProblems.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegionSetTest {
  private static final PhotoFrame PHOTO = new PhotoFrame(20, 10, 1);

  private static RegionSet set(String... names) {
    RegionClasses any = RegionClasses.of(RegionSource.Counting.ANY, List.of(), Map.of(), null);
    List<AnnotatedImage> images =
        Arrays.stream(names)
            .<AnnotatedImage>map(
                name ->
                    new AnnotatedImage.Read(
                        name, 20, 10, List.of(new Annotation(null, new Box(0, 0, 1, 1)))))
            .toList();
    return RegionSet.of(images, any, RegionProblems.NONE);
  }

  private static boolean has(RegionSet set, String image) {
    return set.region(image, null, PHOTO).isPresent();
  }

  @Test
  void findsByPathThenByBaseName() {
    RegionSet set = set("train/a/1.jpg", "train/b/1.jpg", "c/2.jpg", "d/3.png", "4");
    assertThat(has(set, "train/a/1.jpg")).isTrue();
    assertThat(has(set, "./train/a/1.jpg")).isTrue();
    assertThat(has(set, "2.jpg")).isTrue();
    assertThat(has(set, "x/y/2.jpg")).isTrue();
    assertThat(has(set, "d/3.jpg")).as("without extension").isTrue();
    assertThat(has(set, "4.jpeg")).isTrue();
    assertThat(has(set, "1.jpg")).as("two fit").isFalse();
    assertThat(has(set, "a/1.jpg")).as("two fit").isFalse();
    assertThat(has(set, "22.jpg")).isFalse();
  }

  @Test
  void aProblemSaysWhetherItsExamplesAreAllThereAre() {
    RegionProblems.Tally few = new RegionProblems.Tally();
    RegionProblems.Tally many = new RegionProblems.Tally();
    for (int i = 0; i < 20; i++) {
      few.add(Kind.UNKNOWN_CATEGORY, "stamp");
      many.add(Kind.UNKNOWN_CATEGORY, "stamp" + i);
    }
    assertThat(few.problems().sentences().get(0)).endsWith(": 20 (stamp).");
    assertThat(many.problems().sentences().get(0)).contains(": 20 (stamp0, ").endsWith(", ...).");
    RegionProblems both = many.problems().and(few.problems());
    assertThat(both.sentences().get(0)).contains(": 40 (").endsWith(", ...).");
  }

  @Test
  void matchingFindsWhatIsNotThereAndWhatIsAmbiguous() {
    RegionSet set =
        set("a/1.jpg", "b/1.jpg", "2.jpg", "3.jpg", "gone.jpg")
            .matchedTo(List.of("x/1.jpg", "p/2.jpg", "q/2.jpg", "3.jpg", "r/3.jpg", "a/1.jpg"));
    assertThat(set.problems().lines())
        .containsExactly(
            "{\"kind\":\"IMAGE_NOT_THERE\",\"name\":\"b/1.jpg\",\"count\":1}",
            "{\"kind\":\"IMAGE_NOT_THERE\",\"name\":\"gone.jpg\",\"count\":1}",
            "{\"kind\":\"AMBIGUOUS_NAME\",\"name\":\"x/1.jpg\",\"count\":1}",
            "{\"kind\":\"AMBIGUOUS_NAME\",\"name\":\"2.jpg\",\"count\":1}");
    assertThat(has(set, "a/1.jpg")).isTrue();
    assertThat(has(set, "x/1.jpg")).isFalse();
    assertThat(has(set, "p/2.jpg")).isFalse();
    assertThat(has(set, "q/2.jpg")).isFalse();
    assertThat(has(set, "3.jpg")).as("the path fits better than the base name").isTrue();
    assertThat(has(set, "r/3.jpg")).isFalse();
  }

  @Test
  void travels() throws Exception {
    RegionSet set = set("a/1.jpg", "2.jpg").matchedTo(List.of("a/1.jpg", "p/2.jpg", "q/2.jpg"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(set);
    }
    RegionSet copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (RegionSet) in.readObject();
    }
    assertThat(has(copy, "a/1.jpg")).isTrue();
    assertThat(has(copy, "p/2.jpg")).isFalse();
    assertThat(copy.problems()).isEqualTo(set.problems());
  }

  @Test
  void aNameAsItStandsComesBeforeOneInAnotherForm() {
    // "é" as one character (NFC) and as two (NFD, as macOS writes file names).
    RegionSet set =
        set("caf\u00e9.jpg", "IMG_1.JPG", "b/x.jpg", "B/X.jpg", "7.jpg", "two.jpg", "TWO.jpg")
            .matchedTo(
                List.of("cafe\u0301.jpg", "img_1.jpg", "b/x.jpg", "B/X.jpg", "007.jpg", "Two.jpg"));
    assertThat(has(set, "cafe\u0301.jpg")).isTrue();
    assertThat(has(set, "img_1.jpg")).isTrue();
    assertThat(has(set, "b/x.jpg")).isTrue();
    assertThat(has(set, "B/X.jpg")).isTrue();
    assertThat(has(set, "007.jpg")).isTrue();
    assertThat(has(set, "Two.jpg")).as("could be either").isFalse();
    assertThat(set.problems().problems())
        .filteredOn(problem -> problem.kind() == Kind.OTHER_FORM_OF_NAME)
        .singleElement()
        .extracting(RegionProblems.Problem::count)
        .isEqualTo(3L);
    assertThat(set.problems().problems())
        .filteredOn(problem -> problem.kind() == Kind.AMBIGUOUS_NAME)
        .singleElement()
        .extracting(RegionProblems.Problem::examples)
        .isEqualTo(List.of("Two.jpg"));
  }
}
