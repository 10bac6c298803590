package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd annotations through the command line: counted, said and survived. */
final class RegionProblemsTest {
  @TempDir Path folder;
  private Path photos;
  private Path run;

  @BeforeEach
  void pictures() throws IOException {
    photos = folder.resolve("photos");
    run = folder.resolve("run");
    for (int i = 0; i < 5; i++) {
      TestPictures.write(photos.resolve("cat/%d.png".formatted(i)), 40, 30, i);
    }
  }

  @Test
  void annotationsThatDoNotFitAreCountedAndReported() throws IOException {
    Path regions =
        Files.writeString(
            folder.resolve("regions.json"),
            """
            {"images": [
              {"id": 1, "file_name": "cat/0.png", "width": 40, "height": 30},
              {"id": 2, "file_name": "cat/1.png", "width": 30, "height": 30},
              {"id": 3, "file_name": "cat/2.png", "width": 40, "height": 30},
              {"id": 4, "file_name": "gone.png", "width": 40, "height": 30}],
             "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "unicorn"}],
             "annotations": [
              {"id": 1, "image_id": 1, "category_id": 1, "bbox": [30, 20, 40, 40], "iscrowd": 0},
              {"id": 2, "image_id": 2, "category_id": 1, "bbox": [1, 1, 9, 9], "iscrowd": 0},
              {"id": 3, "image_id": 3, "category_id": 1, "bbox": [1, 1, 9, 9], "iscrowd": 0},
              {"id": 4, "image_id": 3, "category_id": 1, "segmentation": [[1, 1, 2, 2]], "iscrowd": 0},
              {"id": 5, "image_id": 3, "category_id": 2, "bbox": [1, 1, 9, 9], "iscrowd": 0},
              {"id": 6, "image_id": 9, "category_id": 1, "bbox": [1, 1, 9, 9], "iscrowd": 0}]}
            """);
    for (int workers : new int[] {1, 3}) {
      Cli cli = Cli.audit(photos, run, "--regions", regions, "--workers", workers, "--overwrite");
      assertThat(cli.code()).as(cli.err()).isZero();
      assertThat(problems())
          .containsExactly(
              "Annotated images that are not in the input: 1 (gone.png).",
              "Annotations of images that their file does not list: 1 (annotation 6).",
              "Shapes that reach outside their image and are clipped to it: 1 (annotation 1).",
              "Shapes without area, which are left out: 2 (a polygon of annotation 4, annotation 4).",
              "Annotations whose category is none of the model's classes, see --region-mapping: 1 (unicorn).",
              "Images of other proportions than their annotation states, whose numbers are to be"
                  + " doubted: 1.");
      assertThat(cli.err().lines().filter(line -> line.startsWith("camaudit: regions: ")))
          .hasSize(7);
    }
  }

  @Test
  void aMaskThatCannotBeReadCostsItsImageTheRegionAndNothingElse() throws IOException {
    Path masks = Files.createDirectories(folder.resolve("masks/cat"));
    for (int i = 0; i < 3; i++) {
      BufferedImage mask = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
      mask.getRaster().setSample(20, 15, 0, 255);
      ImageIO.write(mask, "png", masks.resolve("%d.png".formatted(i)).toFile());
    }
    Files.writeString(masks.resolve("3.png"), "no picture");
    Files.write(masks.resolve("4.png"), new byte[0]);
    Cli cli = Cli.audit(photos, run, "--regions", folder.resolve("masks"));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(problems())
        .containsExactly(
            "Masks that cannot be read, whose images have no region: 2 (cat/3.png: the mask is no"
                + " picture of a format that can be read, cat/4.png: the mask is no picture of a"
                + " format that can be read).");
    assertThat(Files.readAllLines(run.resolve("region-problems.jsonl"))).hasSize(2);
    List<JsonNode> records = Cli.records(run);
    for (int i = 0; i < 5; i++) {
      JsonNode record = records.get(i);
      assertThat(record.get("status").asText()).isIn("OK", "EMPTY_MAP");
      if (i >= 3) {
        assertThat(record.get("verdict").asText()).isEqualTo("NO_REGION");
      } else {
        assertThat(record.get("verdict").asText()).isNotEqualTo("NO_REGION");
      }
    }
    assertThat(run.resolve("report/index.html")).exists();
  }

  @Test
  void photographsAreNotTheirOwnMasks() {
    Cli cli = Cli.audit(photos, run, "--regions", photos);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("mask");
    assertThat(run).doesNotExist();
  }

  private List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    Cli.json(run.resolve("run.json"))
        .get("regionProblems")
        .forEach(problem -> problems.add(problem.asText()));
    return problems;
  }
}
