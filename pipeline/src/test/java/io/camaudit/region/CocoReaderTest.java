package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.UserException;
import io.camaudit.region.RegionProblems.Kind;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoReaderTest {
  private static final List<ClassLabel> LABELS =
      List.of(
          new ClassLabel(0, "n02", List.of("tabby", "house cat")),
          new ClassLabel(1, "n01", List.of("dog")));
  private static final PhotoFrame PHOTO = new PhotoFrame(20, 10, 1);

  @TempDir Path folder;

  private RegionSet load(String json) throws IOException {
    return load(json, RegionSource.Counting.LABEL, null);
  }

  private RegionSet load(String json, RegionSource.Counting counting, String mapping)
      throws IOException {
    Path file = Files.writeString(folder.resolve("regions.json"), json);
    return new RegionSource(file.toString(), counting, mapping).load(LABELS);
  }

  private static double area(Optional<Region> region) {
    return region
        .flatMap(found -> found.rasterise(new Placement(0, 0, 1, 1, 20, 20)))
        .map(mask -> mask.area())
        .orElse(0.0);
  }

  private static String coco(String annotations) {
    return """
        {"info": {"year": 2026, "nested": [1, {"a": []}]},
         "annotations": [%s],
         "images": [{"id": 7, "file_name": "a/one.jpg", "width": 20, "height": 10},
                    {"id": "x", "file_name": "a\\\\two.jpg"}],
         "categories": [{"id": 1, "name": "Dog"}, {"id": 2, "name": "house_cat"},
                        {"id": 3, "name": "stamp"}]}
        """
        .formatted(annotations);
  }

  @Test
  void readsBoxesPolygonsAndRunLengths() throws IOException {
    RegionSet set =
        load(
            coco(
                """
                {"id": 1, "image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4]},
                {"id": 2, "image_id": 7, "category_id": 2, "bbox": [0, 0, 20, 10], "iscrowd": 0,
                 "segmentation": [[0, 0, 8, 0, 8, 5], [10, 0, 12, 0, 12, 1, 10, 1]]},
                {"id": 3, "image_id": "x", "category_id": 1, "iscrowd": 1,
                 "segmentation": {"size": [10, 20], "counts": [0, 5, 195]}}
                """));
    assertThat(area(set.region("a/one.jpg", 1, PHOTO))).isEqualTo(12);
    assertThat(area(set.region("a/one.jpg", 0, PHOTO))).isCloseTo(22, within(1e-6));
    assertThat(area(set.region("a/two.jpg", 1, PHOTO))).isEqualTo(5);
    assertThat(set.region("a/two.jpg", 0, PHOTO)).isEmpty();
    assertThat(set.region("a/one.jpg", null, PHOTO)).isEmpty();
    assertThat(set.region("a/three.jpg", 1, PHOTO)).isEmpty();
    assertThat(set.problems().sentences())
        .containsExactly(
            "Annotations whose category is a class only in another case, spacing or Unicode form,"
                + " taken for it: 3 (Dog for 1 dog, house_cat for 0 tabby).");
  }

  @Test
  void anyCountsAllWhateverTheLabel() throws IOException {
    RegionSet set =
        load(
            coco(
                """
                {"id": 1, "image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4]},
                {"id": 2, "image_id": 7, "category_id": 3, "bbox": [10, 0, 2, 2]}
                """),
            RegionSource.Counting.ANY,
            null);
    assertThat(area(set.region("a/one.jpg", null, PHOTO))).isEqualTo(16);
    assertThat(set.problems().isEmpty()).isTrue();
  }

  @Test
  void countsWhatIsOddAndGoesOn() throws IOException {
    RegionSet set =
        load(
            coco(
                """
                {"id": 1, "image_id": 7, "category_id": 1, "bbox": [15, 5, 10, 10]},
                {"id": 2, "image_id": 7, "category_id": 3, "bbox": [0, 0, 1, 1]},
                {"id": 3, "image_id": 99, "category_id": 1, "bbox": [0, 0, 1, 1]},
                {"id": 4, "image_id": 7, "category_id": 1, "bbox": [0, 0, 0, 1]},
                {"id": 5, "image_id": 7, "category_id": 1, "segmentation": [[1, 1, 2, 2]]},
                {"id": 6, "image_id": 7, "category_id": 1, "bbox": [0, 0, 2, 2],
                 "segmentation": [[0, 0, 1, 1, 2, 2]]},
                {"id": 7, "image_id": 7, "category_id": 77, "bbox": [0, 0, 1, 1]},
                {"id": 8, "image_id": 7, "category_id": 1,
                 "segmentation": {"size": [5, 5], "counts": [0, 25]}}
                """));
    assertThat(set.problems().problems())
        .extracting(RegionProblems.Problem::kind, RegionProblems.Problem::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.IMAGE_NOT_LISTED, 1L),
            org.assertj.core.groups.Tuple.tuple(Kind.OUTSIDE_IMAGE, 1L),
            org.assertj.core.groups.Tuple.tuple(Kind.EMPTY_SHAPE, 4L),
            org.assertj.core.groups.Tuple.tuple(Kind.OTHER_SIZE, 1L),
            org.assertj.core.groups.Tuple.tuple(Kind.UNKNOWN_CATEGORY, 2L),
            org.assertj.core.groups.Tuple.tuple(Kind.OTHER_FORM_OF_CATEGORY, 4L));
    assertThat(set.problems().sentences())
        .contains(
            "Annotations whose category is none of the model's classes, see --region-mapping: 2 (stamp, 77).",
            "Shapes that reach outside their image and are clipped to it: 1 (annotation 1).");
    // The clipped box, and the box that stands in for the polygon without area.
    assertThat(area(set.region("a/one.jpg", 1, PHOTO))).isEqualTo(25 + 4);
  }

  @Test
  void aMappingTakesTheWordOfTheAnnotations() throws IOException {
    Path mapping =
        Files.writeString(folder.resolve("map.yaml"), "stamp: [dog, n02]\nhouse_cat:\n1: tabby\n");
    RegionSet set =
        load(
            coco(
                """
                {"id": 1, "image_id": 7, "category_id": 3, "bbox": [0, 0, 2, 2]},
                {"id": 2, "image_id": "x", "category_id": 2, "bbox": [0, 0, 2, 2]},
                {"id": 3, "image_id": "x", "category_id": 1, "bbox": [0, 0, 3, 2]}
                """),
            RegionSource.Counting.LABEL,
            mapping.toString());
    assertThat(area(set.region("a/one.jpg", 1, PHOTO))).isEqualTo(4);
    assertThat(area(set.region("a/one.jpg", 0, PHOTO))).isEqualTo(4);
    assertThat(area(set.region("a/two.jpg", 0, PHOTO))).as("by id").isEqualTo(6);
    assertThat(set.region("a/two.jpg", 1, PHOTO)).isEmpty();
    assertThat(set.problems().isEmpty()).as("mapped to nothing is known").isTrue();
  }

  @Test
  void aMappingToAClassThatIsNotThereNamesTheNearest() throws IOException {
    Path mapping = Files.writeString(folder.resolve("map.csv"), "category,class\nstamp,tabbi\n");
    assertThatThrownBy(() -> load(coco(""), RegionSource.Counting.LABEL, mapping.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("map.csv")
        .hasMessageContaining("\"tabbi\"")
        .hasMessageContaining("nearest are tabby");
  }

  @Test
  void anEntryThatCannotBeReadCostsItself() throws IOException {
    RegionSet set =
        load(
            coco(
                """
                {"id": 1, "image_id": 7, "category_id": 1, "bbox": [0, 0, 2, 2], "score": NaN},
                {"id": 2, "image_id": 7, "category_id": 1, "bbox": [0, null, 2, 2], "x": [{"y": []}]},
                {"id": 3, "image_id": 7, "category_id": 1, "bbox": ["4", "0", "1", "1"]},
                {"id": 4, "category_id": 1, "bbox": [0, 0, 2, 2]},
                {"id": 5, "image_id": 7, "category_id": 1, "segmentation": [6, 0, 8, 0, 8, 2, 6, 2]},
                {"id": 6, "image_id": 7, "category_id": 1, "bbox": [10, 0, 1, 1],
                 "segmentation": {"size": [10, 20], "counts": "n7=h06K4M"}},
                7,
                {"id": 8, "image_id": 7, "category_id": 1, "bbox": [12, 0, 1, 1],
                 "segmentation": [[[12, 0], [14, 0], [14, 2], [12, 2]], [0, null, 1, 1, 2, 2]]}
                """));
    // 2 x 2, 1 x 1, 2 x 2, the box 1 x 1 for the run lengths that break off, 2 x 2.
    assertThat(area(set.region("a/one.jpg", 1, PHOTO))).isEqualTo(4 + 1 + 4 + 1 + 4);
    assertThat(set.problems().lines())
        .filteredOn(line -> line.contains("BROKEN") || line.contains("FLAT"))
        .satisfiesExactly(
            line -> assertThat(line).contains("BROKEN_ANNOTATION", "annotation 2", "got null"),
            line -> assertThat(line).contains("BROKEN_ANNOTATION", "annotation 4", "image_id"),
            line -> assertThat(line).contains("BROKEN_ANNOTATION", "at line", "an object in"),
            line -> assertThat(line).contains("BROKEN_SEGMENTATION", "annotation 6"),
            line -> assertThat(line).contains("BROKEN_SEGMENTATION", "annotation 8", "got null"),
            line -> assertThat(line).contains("FLAT_POLYGON", "annotation 5"),
            line -> assertThat(line).contains("FLAT_POLYGON", "annotation 8"));
  }

  @Test
  void anIdThatTwoImagesHaveIsUsedForNeither() throws IOException {
    RegionSet set =
        load(
            """
            {"images": [{"id": 1, "file_name": "a.jpg"}, {"id": 1, "file_name": "b.jpg"},
                        {"id": 2, "file_name": "c.jpg"}, {"id": 2, "file_name": "c.jpg"}],
             "categories": [{"id": 1, "name": "dog"}, {"id": 2, "name": "n02"}, {"id": 2, "name": "dog"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 2, 2]},
                             {"id": 2, "image_id": 2, "category_id": 1, "bbox": [0, 0, 2, 2]},
                             {"id": 3, "image_id": 2, "category_id": 2, "bbox": [0, 0, 5, 5]}]}
            """);
    assertThat(set.region("a.jpg", 1, PHOTO)).isEmpty();
    assertThat(set.region("b.jpg", 1, PHOTO)).isEmpty();
    assertThat(area(set.region("c.jpg", 1, PHOTO))).isEqualTo(4);
    assertThat(set.problems().lines())
        .containsExactly(
            "{\"kind\":\"SHARED_ID\",\"name\":\"annotation 1\",\"reason\":\"image id 1 is that of a.jpg"
                + " and b.jpg\",\"count\":1}",
            "{\"kind\":\"SHARED_CATEGORY\",\"name\":\"annotation 3\",\"reason\":\"category id 2 is that of"
                + " n02 and dog\",\"count\":1}");
  }

  @Test
  void idsInAnotherFormAreFoundIfTheyCanMeanOneOnly() throws IOException {
    RegionSet set =
        load(
            """
            {"images": [{"id": 1, "file_name": "a.jpg"}, {"id": 2, "file_name": "b.jpg"},
                        {"id": "2", "file_name": "c.jpg"}, {"id": "X", "coco_url": "http://h/d/d%20e.jpg?s=1"}],
             "categories": [{"id": 1, "name": "dog"}],
             "annotations": [{"id": 1, "image_id": "001", "category_id": "1", "bbox": [0, 0, 1, 1]},
                             {"id": 2, "image_id": 2, "category_id": 1.0, "bbox": [0, 0, 2, 1]},
                             {"id": 3, "image_id": "2", "category_id": 1, "bbox": [0, 0, 3, 1]},
                             {"id": 4, "image_id": 2.0, "category_id": 1, "bbox": [0, 0, 4, 1]},
                             {"id": 5, "image_id": "x", "category_id": 1, "bbox": [0, 0, 5, 1]}]}
            """);
    assertThat(area(set.region("a.jpg", 1, PHOTO))).isEqualTo(1);
    assertThat(area(set.region("b.jpg", 1, PHOTO))).as("as number").isEqualTo(2);
    assertThat(area(set.region("c.jpg", 1, PHOTO))).as("as text").isEqualTo(3);
    assertThat(area(set.region("d e.jpg", 1, PHOTO))).as("named by its address").isEqualTo(5);
    assertThat(set.problems().problems())
        .extracting(RegionProblems.Problem::kind, RegionProblems.Problem::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.SHARED_ID, 1L),
            org.assertj.core.groups.Tuple.tuple(Kind.OTHER_FORM_OF_ID, 4L));
    assertThat(set.problems().sentences().get(0))
        .endsWith("(annotation 4: image id 2.0 could be 2 or \"2\").");
  }

  /** Counts as the reference implementation (pycocotools 2.0) wrote them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "02132M0OO0 | 0 2 1 5 3 2 3 1 2 1",
        "01101000O01011NO0111OO0O2000O000O51K11 | 0 1 1 1 2 1 2 1 1 1 2 1 3 2 1 1 1 2 2 3 1 2 1 1 3"
            + " 1 3 1 2 1 2 1 1 6 2 1 3 2",
        "n7=h06K4M2NBF180H17OI17OI17OI17OI17`0001N2N2N3L5J]8 | 254 13 24 19 19 23 16 25 14 11 4 12"
            + " 12 12 4 13 11 12 4 13 11 12 4 13 11 12 4 13 11 12 4 13 11 29 11 29 12 27 14 25 16 23"
            + " 19 19 24 13 293",
        "0Pm^k0 | 0 900000",
      })
  void decodesCompressedRunLengths(String text, String counts) {
    int[] expected =
        java.util.Arrays.stream(counts.split(" ")).mapToInt(Integer::parseInt).toArray();
    assertThat(CocoRuns.decode(text)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1] | line 1, column 1: expected the object of a COCO file, got [",
        "{\"images\": []} | it has no \"annotations\"",
        "{\"images\": {} } | expected the list of images",
        "{\"images\": [{\"id\": 1}]} | image 1 has no \"file_name\"",
        "{\"annotations\": [{\"id\": 3}]} | annotation 3 has no \"image_id\"",
        "{\"annotations\": [{\"image_id\": 1, \"bbox\": [1, 2, 3]}]} | this one has 3 numbers",
        "{\"annotations\": [{\"image_id\": 1, \"bbox\": [1, 2, \"x\", 4]}]} | column 49: bbox wants a number, got x",
        "{\"annotations\": [{\"image_id\": 1, \"bbox\": [1, 2, NaN, 4]}]} | bbox wants a number, got NaN",
        "{\"annotations\": [{\"image_id\": 1, \"segmentation\": [1, 2, 3]}]} | expected a polygon",
        "{\"annotations\": [{\"image_id\": 1, \"segmentation\": {\"size\": [2, 2]}}]} | run lengths want",
        "{\"annotations\": [{\"image_id\": 1, \"segmentation\": {\"size\": [2, 2], \"counts\": [1, 2]}}]} | add up to 3",
        "{\"annotations\": [{\"image_id\": 1, \"segmentation\": {\"size\": [2, 2], \"counts\": \"0P\"}}]} | middle of",
        "{\"annotations\": [{\"image_id\": 1, \"segmentation\": {\"size\": [2, 2], \"counts\": [0, 2.5]}}]} | whole number",
        "{\"images\": [], \"annotations\": [ | cannot be parsed",
        "~~ | expected the object of a COCO file, got the end",
      })
  void aFileThatCannotBeParsedIsNamedWithThePlace(String json, String message) {
    assertThatThrownBy(() -> load(json))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("regions.json")
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsNotThere() {
    RegionSource source =
        new RegionSource(folder.resolve("no.json").toString(), RegionSource.Counting.ANY, null);
    assertThatThrownBy(() -> source.load(LABELS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no.json: there is no such file");
  }

  @Test
  void readsTheAnnotationsOfRealPhotographs() throws IOException {
    Path real = photographs();
    Assumptions.assumeTrue(
        real != null, "../shared/photos/coco is not there: real annotations are not tried");
    RegionSet set = new RegionSource(real.toString(), RegionSource.Counting.ANY, null).load(LABELS);
    assertThat(set.size()).isEqualTo(128);
    // Image 9: 640 x 480, broccoli, bowls and oranges over most of it.
    Region region = set.region("000000000009.jpg", null, new PhotoFrame(640, 480, 1)).orElseThrow();
    double share =
        region
                .rasterise(new Placement(0, 0, 640 / 224.0, 480 / 224.0, 224, 224))
                .orElseThrow()
                .area()
            / (224 * 224);
    assertThat(share).isBetween(0.5, 1.0);
    assertThat(set.problems().problems())
        .extracting(RegionProblems.Problem::kind)
        .doesNotContain(Kind.IMAGE_NOT_LISTED, Kind.OTHER_SIZE);
  }

  /** Null without the folder beside the checkout. */
  private static Path photographs() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/photos/coco/instances.json");
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }
}
