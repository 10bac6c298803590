package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import io.camaudit.region.RegionSource;
import io.camaudit.savedmodel.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Labels of a multi-label model's images from where people have them: annotations, and lists of one
 * row a label. The model's classes are cat (also house cat), dog and fish.
 */
final class SeveralLabelsTest {
  private static final Path MODEL = Path.of("../savedmodel/src/test/resources/multi-label-model");

  private static final Map<String, Integer> IDS = Map.of("cat", 1, "dog", 2, "fish", 3);

  @TempDir Path folder;

  private void pictures(String... names) throws IOException {
    for (String name : names) {
      TestPictures.write(folder.resolve("photos").resolve(name), 40, 24, name.length());
    }
  }

  private Cli audit(String input, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "audit",
                "--model",
                MODEL,
                "--input",
                folder.resolve(input),
                "--output",
                folder.resolve("run"),
                "--overwrite",
                "--no-page",
                "--no-parquet"));
    arguments.addAll(List.of(more));
    Cli cli = Cli.run(arguments.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  /** The labels of each image, with spaces between; "?" for an image of which nothing is known. */
  private Map<String, String> labels() throws IOException {
    Map<String, String> labels = new TreeMap<>();
    for (JsonNode report : Cli.records(folder.resolve("run"))) {
      List<String> names = new ArrayList<>();
      boolean known = report.has("correct");
      for (JsonNode outcome : report.get("classes")) {
        if (outcome.path("labelled").asBoolean()) {
          names.add(outcome.get("class").get("name").asText());
        }
      }
      names.sort(null);
      labels.put(report.get("image").asText(), known ? String.join(" ", names) : "?");
    }
    return labels;
  }

  private Path coco(String more) throws IOException {
    return Files.writeString(
        folder.resolve("regions.json"),
        """
        {"images": [{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "b.png"},
           {"id": 3, "file_name": "c.png"}, {"id": 4, "file_name": "fish/d.png"}],
         "categories": [{"id": 1, "name": "House_Cat"}, {"id": 2, "name": "dog"},
           {"id": 3, "name": "zebra"}],
         "annotations": [%s
           {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 9, 9]},
           {"id": 2, "image_id": 1, "category_id": 2, "bbox": [1, 1, 9, 9]},
           {"id": 3, "image_id": 1, "category_id": 2, "bbox": [5, 1, 9, 9]},
           {"id": 4, "image_id": 2, "category_id": 3, "bbox": [1, 1, 9, 9]},
           {"id": 5, "image_id": 4, "category_id": 2, "bbox": [1, 1, 9, 9], "iscrowd": 1}]}
        """
            .replace("%s", more));
  }

  @Test
  void categoriesOfAnnotationsAreLabels() throws IOException {
    pictures("a.png", "b.png", "c.png", "e.png", "fish/d.png", "fish/f.png");
    Cli cli = audit("photos", "--regions", coco(""));
    assertThat(labels())
        .isEqualTo(
            Map.of(
                "a.png", "cat dog",
                "b.png", "", // a zebra is none of the classes
                "c.png", "", // nothing is annotated
                "e.png", "?", // not in the file
                "fish/d.png", "dog", // what annotations say goes before a folder's name
                "fish/f.png", "fish"));
    assertThat(cli.err())
        .contains("labels: The labels of 4 images are the categories of their annotations, 2 of");
    JsonNode run = Cli.json(folder.resolve("run/run.json"));
    assertThat(run.get("labels").get("notes").get(0).asText()).contains("4 images");
  }

  @Test
  void anAnnotationWithoutAShapeSaysWhatIsThere() throws IOException {
    pictures("a.png", "b.png", "c.png", "fish/d.png");
    audit(
        "photos",
        "--regions",
        coco(
            """
            {"id": 6, "image_id": 2, "category_id": 2},
            {"id": 7, "image_id": 3, "category_id": 1, "bbox": [1, 1, "x", 9]},
            {"id": 8, "image_id": 3, "category_id": 2, "segmentation": [], "bbox": [1, 1, 0, 0]},
            """));
    assertThat(labels())
        .isEqualTo(
            Map.of("a.png", "cat dog", "b.png", "dog", "c.png", "cat dog", "fish/d.png", "dog"));
  }

  @Test
  void theMappingOfRegionsIsThatOfLabels() throws IOException {
    pictures("a.png", "b.png", "c.png", "fish/d.png");
    Path mapping =
        Files.writeString(folder.resolve("map.yaml"), "zebra: [cat, fish]\nHouse_Cat: []\n");
    audit("photos", "--regions", coco(""), "--region-mapping", mapping);
    assertThat(labels())
        .isEqualTo(Map.of("a.png", "dog", "b.png", "cat fish", "c.png", "", "fish/d.png", "dog"));
    audit("photos", "--regions", coco(""), "--region-classes", "any");
    assertThat(labels())
        .isEqualTo(Map.of("a.png", "cat dog", "b.png", "", "c.png", "", "fish/d.png", "dog"));
  }

  @Test
  void whatTheUserSaysOfLabelsGoesBeforeAnnotations() throws IOException {
    pictures("a.png", "b.png", "c.png", "fish/d.png");
    audit("photos", "--regions", coco(""), "--labels", "none");
    assertThat(labels().values()).containsOnly("?");
    audit("photos", "--regions", coco(""), "--labels", "folder");
    assertThat(labels()).containsEntry("a.png", "?").containsEntry("fish/d.png", "fish");
    Files.writeString(folder.resolve("photos/list.csv"), "image,label\na.png,fish\nb.png,\n");
    Cli cli = audit("photos/list.csv", "--regions", coco(""));
    assertThat(labels()).isEqualTo(Map.of("a.png", "fish", "b.png", "?"));
    assertThat(cli.err()).doesNotContain("categories of their annotations");
    Files.writeString(folder.resolve("photos/list.csv"), "image\na.png\nb.png\n");
    audit("photos/list.csv", "--regions", coco(""));
    assertThat(labels()).isEqualTo(Map.of("a.png", "cat dog", "b.png", ""));
  }

  @Test
  void namesThatNoClassHasSayNothingOfLabels() throws IOException {
    pictures("a.png", "b.png", "c.png", "fish/d.png");
    Path regions =
        Files.writeString(coco(""), Files.readString(coco("")).replaceAll("dog|House_Cat", "cow"));
    Cli cli = audit("photos", "--regions", regions);
    assertThat(labels()).containsEntry("a.png", "?").containsEntry("fish/d.png", "fish");
    assertThat(cli.err()).contains("category is none of the model's classes");
  }

  /** COCO with one box of each class that an image is predicted to be of. */
  private Path boxes(Map<String, List<String>> predicted, String box) throws IOException {
    List<String> images = new ArrayList<>();
    List<String> annotations = new ArrayList<>();
    predicted.forEach(
        (image, names) -> {
          int id = images.size() + 1;
          images.add("{\"id\": %d, \"file_name\": \"%s\"}".formatted(id, image));
          for (String name : names) {
            annotations.add(
                "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": %s}"
                    .formatted(annotations.size() + 1, id, IDS.get(name), box));
          }
        });
    return Files.writeString(
        folder.resolve("boxes.json"),
        """
        {"images": [%s], "annotations": [%s], "categories": [{"id": 1, "name": "cat"},
          {"id": 2, "name": "dog"}, {"id": 3, "name": "fish"}]}
        """
            .formatted(String.join(", ", images), String.join(", ", annotations)));
  }

  @Test
  void whatTheVerdictOfOneClassFlagsIsDrawn() throws IOException {
    pictures("a.png", "bb.png", "ccc.png", "dddd.png");
    audit("photos");
    Map<String, List<String>> predicted = new TreeMap<>();
    StringBuilder list = new StringBuilder("image,label\n");
    for (JsonNode report : Cli.records(folder.resolve("run"))) {
      List<String> names = new ArrayList<>();
      report.get("classes").forEach(each -> names.add(each.at("/class/name").asText()));
      if (!names.isEmpty()) {
        String image = report.get("image").asText();
        predicted.put(image, names);
        list.append(image).append(',').append(String.join("|", names)).append('\n');
      }
    }
    assertThat(predicted).isNotEmpty();
    Files.writeString(folder.resolve("photos/list.csv"), list);
    Map<String, String> rules =
        Map.of("[0, 0, 1, 1]", "energy>=1", "[0, 0, 40, 24]", "energy>=0.000001");
    for (String box : rules.keySet()) {
      Path regions = boxes(predicted, box);
      String rule = rules.get(box);
      audit("photos/list.csv", "--regions", regions, "--verdict", rule, "--overlays", "flagged");
      boolean elsewhere = false;
      for (JsonNode report : Cli.records(folder.resolve("run"))) {
        assertThat(report.get("correct").asBoolean()).as("labels are what is predicted").isTrue();
        List<String> verdicts = report.get("classes").findValuesAsText("verdict");
        boolean flagged =
            verdicts.contains("RIGHT_FOR_WRONG_REASONS") || verdicts.contains("EMPTY_MAP");
        assertThat(report.get("explanations").findValue("overlay") != null).isEqualTo(flagged);
        elsewhere |= verdicts.contains("RIGHT_FOR_WRONG_REASONS");
      }
      assertThat(elsewhere).as(box).isEqualTo(rule.equals("energy>=1"));
    }
  }

  @Test
  void objectsOfVocAreLabels() throws IOException {
    pictures("a.png", "b.png", "c.png");
    Path voc = Files.createDirectory(folder.resolve("voc"));
    String box = "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox>";
    Files.writeString(
        voc.resolve("a.xml"),
        "<annotation><object><name>dog</name>%s</object><object><name>fish</name></object></annotation>"
            .formatted(box));
    Files.writeString(voc.resolve("b.xml"), "<annotation></annotation>");
    audit("photos", "--regions", voc);
    assertThat(labels()).isEqualTo(Map.of("a.png", "dog fish", "b.png", "", "c.png", "?"));
  }

  @Test
  void rowsOfOneImageAddUpAndTheirBoxesStayWithTheirLabels() throws IOException {
    pictures("a.png", "b.png");
    Files.writeString(
        folder.resolve("photos/list.csv"),
        """
        image,label,xmin,ymin,xmax,ymax
        a.png,dog,0,0,20,12
        b.png,fish,0,0,40,24
        a.png,n02121808,20,12,40,24
        a.png,dog,0,12,20,24
        a.png,cat; fish,,,,
        """);
    Cli cli = audit("photos/list.csv", "--regions", "manifest", "--targets", "dog,cat,fish");
    assertThat(labels()).isEqualTo(Map.of("a.png", "cat dog fish", "b.png", "fish"));
    assertThat(cli.err()).contains("1 images have several entries with different labels");
    // The picture fills 40 x 24 exactly: dog has the left half, cat a quarter, fish no box.
    assertThat(areas("a.png")).isEqualTo(Map.of("dog", 0.5, "cat", 0.25));
    assertThat(areas("b.png")).isEqualTo(Map.of("fish", 1.0));
  }

  private Map<String, Double> areas(String image) throws IOException {
    Map<String, Double> areas = new TreeMap<>();
    for (JsonNode report : Cli.records(folder.resolve("run"))) {
      for (JsonNode each : report.get("explanations")) {
        if (report.get("image").asText().equals(image) && each.hasNonNull("region")) {
          areas.put(
              each.get("target").get("name").asText(),
              each.get("region").get("areaShare").asDouble());
        }
      }
    }
    return areas;
  }

  @Test
  void anotherRegionOfAnyClassHasAnotherStamp() throws IOException {
    String text = Files.readString(coco(""));
    String before = stamp("before.json", text);
    assertThat(stamp("same.json", text)).isEqualTo(before);
    String cat = "\"category_id\": 1, \"bbox\": [1, 1, 9, 9]";
    assertThat(text).contains(cat);
    assertThat(stamp("moved.json", text.replace(cat, cat.replace("[1,", "[20,"))))
        .isNotEqualTo(before);
    assertThat(stamp("other.json", text.replace(cat, cat.replace("1, \"", "2, \""))))
        .isNotEqualTo(before);
  }

  /** What --since compares, of the image that shows a cat and two dogs. */
  private String stamp(String file, String text) throws IOException {
    String path = Files.writeString(folder.resolve(file), text).toString();
    return new RegionSource(path, RegionSource.Counting.LABEL, null)
        .load(ModelCard.read(MODEL).labels())
        .stamp("a.png");
  }
}
