package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  @TempDir Path folder;

  @Test
  void everyImageLeavesAReportAnOverlayAndALine() throws IOException {
    Path photos = photos();
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Cli.files(out).keySet())
        .filteredOn(name -> !name.startsWith("overlays/") && !name.startsWith("report/"))
        .contains(
            "classes.csv",
            "classes.json",
            "failures.jsonl",
            "listing.jsonl",
            "parquet/part-00000.parquet",
            "records/part-00000.jsonl",
            "reports/cat/one.jpg.json",
            "reports/cat/two.png.json",
            "reports/dog/one.jpg.json",
            "reports/other/three.bmp.json",
            "reports/other/four.gif.json",
            "run.json");
    List<JsonNode> records = Cli.records(out);
    assertThat(records)
        .extracting(record -> record.get("image").asText())
        .containsExactly(
            "cat/one.jpg", "cat/two.png", "dog/one.jpg", "other/four.gif", "other/three.bmp");
    for (JsonNode record : records) {
      assertThat(Cli.json(out.resolve("reports/" + record.get("image").asText() + ".json")))
          .isEqualTo(record);
      for (JsonNode explanation : record.get("explanations")) {
        assertThat(out.resolve(explanation.get("overlay").asText())).exists();
      }
    }
    assertThat(records.get(0).get("label").get("name").asText()).isEqualTo("cat");
    assertThat(records.get(3).has("label")).as("a folder that is no class is no label").isFalse();
    JsonNode run = Cli.json(out.resolve("run.json"));
    assertThat(run.at("/input/matched").asLong()).isEqualTo(5);
    assertThat(run.at("/input/skippedFiles").asLong()).isEqualTo(1);
    assertThat(run.at("/labels/labelled").asLong()).isEqualTo(3);
  }

  @Test
  void reportsFollowThePublishedSchema() throws IOException {
    Path photos = photos();
    Files.writeString(photos.resolve("cat/broken.jpg"), "no picture");
    Path out = folder.resolve("out");
    Cli.audit(photos, out, "--targets", "top:2,label,dog", "--layers", "all");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../schemas/report.schema.json")));
    List<JsonNode> records = Cli.records(out);
    assertThat(records).hasSize(6);
    for (JsonNode record : records) {
      assertThat(schema.validate(record)).as(record.toString()).isEmpty();
    }
    ((com.fasterxml.jackson.databind.node.ObjectNode) records.get(0)).put("surprise", 1);
    assertThat(schema.validate(records.get(0))).as("the schema is strict").isNotEmpty();
  }

  @Test
  void theRunsSummaryFollowsThePublishedSchema() throws IOException {
    Path out = folder.resolve("out");
    Cli.audit(photos(), out);
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../schemas/run.schema.json")));
    JsonNode run = Cli.json(out.resolve("run.json"));
    assertThat(schema.validate(run)).as(run.toString()).isEmpty();
    ((com.fasterxml.jackson.databind.node.ObjectNode) run.get("timing")).put("surprise", 1);
    assertThat(schema.validate(run)).as("the schema is strict").isNotEmpty();
  }

  @Test
  void failuresEndARunOnFlinkEarly() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("broken"));
    for (int i = 0; i < 400; i++) {
      Files.writeString(photos.resolve("%03d.jpg".formatted(i)), "no picture");
    }
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out, "--runner", "flink", "--workers", 1, "--max-failures", 3);
    assertThat(cli.code()).as(cli.err()).isEqualTo(5);
    assertThat(cli.err()).contains("images failed").doesNotContain("Exception");
  }

  @Test
  void theSameInputGivesTheSameBytesForAnyParallelismAndRunner() throws IOException {
    Path photos = folder.resolve("photos");
    for (int i = 0; i < 23; i++) {
      String name = "%s/%02d.jpg".formatted(List.of("cat", "dog", "fish").get(i % 3), i);
      TestPictures.write(photos.resolve(name), 60 + i, 50, i);
    }
    Files.writeString(photos.resolve("dog/broken.jpg"), "no picture");
    Path regions = regions(photos);
    Map<String, String> expected = null;
    List<List<Object>> ways =
        List.of(
            List.of("--workers", 1),
            List.of("--workers", 2),
            List.of("--workers", 4),
            List.of("--", "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2"),
            List.of("--runner", "flink", "--workers", 2),
            List.of("--runner", "flink", "--", "--useDataStreamForBatch=true"));
    for (List<Object> way : ways) {
      Path out = folder.resolve("out" + ways.indexOf(way));
      List<Object> more = new java.util.ArrayList<>(List.of("--regions", regions));
      more.addAll(way);
      Cli cli = Cli.audit(photos, out, more.toArray());
      assertThat(cli.code()).as(cli.err()).isZero();
      Map<String, String> files = Cli.files(out);
      files.remove("run.json");
      files.keySet().removeIf(name -> name.startsWith("report/"));
      assertThat(files).as("images, reports and statistics of %s", way).hasSizeGreaterThan(50);
      if (expected == null) {
        expected = files;
      }
      assertThat(files.keySet()).isEqualTo(expected.keySet());
      for (String name : files.keySet()) {
        assertThat(files.get(name)).as("%s, %s", name, way).isEqualTo(expected.get(name));
      }
    }
    assertThat(expected.get("classes.json")).contains("rightReasonRate");
    assertThat(expected.get("parquet/part-00000.parquet")).startsWith("PAR1").endsWith("PAR1");
  }

  @Test
  void whatIsSwitchedOffIsLeftOutAlsoWhereItReplacesARun() throws IOException {
    Path photo = TestPictures.write(folder.resolve("photos/p.jpg"), 64, 48, 5);
    Path out = folder.resolve("out");
    Cli.audit(photo, out);
    List<String> parts = List.of("parquet", "overlays", "report");
    assertThat(parts).allSatisfy(part -> assertThat(out.resolve(part)).isDirectory());
    Cli.audit(
        photo, out, "--overwrite", "--no-parquet", "--no-overlays", "--no-page", "--no-orient");
    assertThat(parts).allSatisfy(part -> assertThat(out.resolve(part)).doesNotExist());
    assertThat(out.resolve("records/part-00000.jsonl")).exists();
    assertThat(Cli.json(out.resolve("run.json")).at("/options/orient").asBoolean(true)).isFalse();
    Path config = Files.writeString(folder.resolve("audit.yaml"), "parquet: false\npage: false\n");
    Cli.audit(photo, out, "--overwrite", "--config", config, "--page");
    assertThat(out.resolve("parquet")).doesNotExist();
    assertThat(out.resolve("report")).isDirectory();
  }

  @Test
  void targetsAreNamedByNameIdIndexAndRank() throws IOException {
    Path photo = TestPictures.write(folder.resolve("photos/p.jpg"), 64, 48, 5);
    Path out = folder.resolve("out");
    Cli.audit(photo, out, "--targets", "House_Cat,n02084071,2,top:3");
    JsonNode record = Cli.records(out).get(0);
    assertThat(record.get("explanations"))
        .extracting(e -> e.at("/target/name").asText())
        .as("each class once, in the order that was asked for")
        .containsExactly("cat", "dog", "fish");
    assertThat(record.at("/explanations/0/why").asText()).isEqualTo("requested");
  }

  @Test
  void ofAllLayersTheDefaultOneJudges() throws IOException {
    Path photos = folder.resolve("photos");
    TestPictures.write(photos.resolve("cat/1.jpg"), 40, 30, 1);
    Path one = folder.resolve("one");
    Path all = folder.resolve("all");
    assertThat(Cli.audit(photos, one, "--targets", "cat").code()).isZero();
    assertThat(Cli.audit(photos, all, "--targets", "cat", "--layers", "all").code()).isZero();
    assertThat(Cli.json(all.resolve("reports/cat/1.jpg.json")).get("explanations"))
        .extracting(explanation -> explanation.get("layer").asText())
        .containsExactly("block2_out", "block1_out");
    JsonNode statistics = Cli.json(all.resolve("classes.json"));
    for (JsonNode row : List.of(statistics.get("dataset"), statistics.at("/classes/0"))) {
      assertThat(((ObjectNode) row).remove("layers"))
          .as("the curve over depth, in the network's order")
          .extracting(point -> point.get("layer").asText())
          .containsExactly("block1_out", "block2_out");
    }
    assertThat(statistics).isEqualTo(Cli.json(one.resolve("classes.json")));
    for (Path run : new Path[] {one, all}) {
      assertThat(Cli.json(run.resolve("run.json")).at("/options/judged-map").asText())
          .isEqualTo("cat at block2_out");
    }
  }

  @Test
  void theLabelIsExplainedOnlyWhereThePredictionIsAnotherClass() throws IOException {
    Path photos = folder.resolve("photos");
    for (String label : List.of("cat", "dog", "fish")) {
      TestPictures.write(photos.resolve(label + "/same.jpg"), 64, 48, 5);
    }
    Path out = folder.resolve("out");
    Cli.audit(photos, out);
    int correct = 0;
    for (JsonNode record : Cli.records(out)) {
      boolean right = record.get("correct").asBoolean();
      correct += right ? 1 : 0;
      assertThat(record.get("explanations")).hasSize(right ? 1 : 2);
    }
    assertThat(correct).as("one picture has one prediction").isEqualTo(1);
  }

  @Test
  void aConfigurationFileGivesDefaultsThatTheCommandLineOverrules() throws IOException {
    Path photos = photos();
    Path config =
        Files.writeString(
            folder.resolve("audit.yaml"),
            "model: %s\ninput: %s\noutput: %s\ntargets: [cat, dog]\nalpha: 0.3\nbatch-size: 2\n"
                .formatted(Cli.TINY_MODEL, photos, folder.resolve("from-file")));
    Path out = folder.resolve("from-line");
    Cli cli = Cli.run("audit", "--config", config, "--output", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode options = Cli.json(out.resolve("run.json")).get("options");
    assertThat(options.get("alpha").asDouble()).isEqualTo(0.3);
    assertThat(options.get("targets")).hasSize(2);
    assertThat(folder.resolve("from-file")).doesNotExist();
  }

  @Test
  void aManifestGivesImagesLabelsAndBoxes() throws IOException {
    Path photos = photos();
    Path manifest =
        Files.writeString(
            photos.resolve("list.csv"),
            "image,label,x,y,width,height\n"
                + "cat/one.jpg,dog,10,10,20,20\n"
                + "../photos/cat/two.png,no such class,,,,\n"
                + "cat/one.jpg,dog,40,5,10,10\n"
                + "\"dog/one.jpg\",house cat,0,0,64,48\n");
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(manifest, out, "--regions", "manifest");
    assertThat(cli.code()).as(cli.err()).isZero();
    List<JsonNode> records = Cli.records(out);
    assertThat(records).hasSize(3);
    assertThat(records.get(0).at("/label/name").asText()).isEqualTo("dog");
    assertThat(records.get(0).at("/explanations/0/region/areaShare").asDouble())
        .isCloseTo(500.0 / (64 * 48), org.assertj.core.api.Assertions.within(1e-6));
    assertThat(records.get(1).at("/label").has("index")).isFalse();
    assertThat(records.get(2).at("/label/name").asText()).isEqualTo("cat");
    assertThat(out.resolve("reports/%2E%2E/photos/cat/two.png.json")).exists();
  }

  @Test
  void explainWritesTheSameNumbersAsAnAudit() throws IOException {
    Path photo = TestPictures.write(folder.resolve("photos/p.jpg"), 64, 48, 5);
    Cli.audit(photo, folder.resolve("audited"));
    Cli cli =
        Cli.run(
            "explain",
            "--model",
            Cli.TINY_MODEL,
            "--batch-size",
            4,
            "--output",
            folder.resolve("explained"),
            photo);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("p.jpg", "%", "overlays");
    JsonNode audited = Cli.json(folder.resolve("audited/reports/p.jpg.json"));
    JsonNode explained = Cli.json(folder.resolve("explained/reports/p.jpg.json"));
    assertThat(explained.get("predictions")).isEqualTo(audited.get("predictions"));
    assertThat(explained.at("/explanations/0/map")).isEqualTo(audited.at("/explanations/0/map"));
  }

  @Test
  void modelPrintsTheCardAndItsChecks() {
    Cli cli = Cli.run("model", Cli.TINY_MODEL);
    assertThat(cli.code()).isZero();
    assertThat(cli.out())
        .contains("tiny", "block2_out, 8 x 8 x 12 (default)", "ok")
        .doesNotContain("FAILED");
  }

  private Path photos() throws IOException {
    Path photos = folder.resolve("photos");
    TestPictures.write(photos.resolve("cat/one.jpg"), 64, 48, 1);
    TestPictures.write(photos.resolve("cat/two.png"), 48, 64, 2);
    TestPictures.write(photos.resolve("dog/one.jpg"), 64, 48, 3);
    TestPictures.write(photos.resolve("other/three.bmp"), 64, 48, 4);
    TestPictures.write(photos.resolve("other/four.gif"), 64, 48, 5);
    Files.writeString(photos.resolve("notes.txt"), "skipped");
    return photos;
  }

  /** COCO JSON with a box for each picture's class. */
  private Path regions(Path photos) throws IOException {
    StringBuilder images = new StringBuilder();
    StringBuilder annotations = new StringBuilder();
    int id = 0;
    for (String name : Cli.files(photos).keySet()) {
      id++;
      int category =
          1 + List.of("cat", "dog", "fish").indexOf(name.substring(0, name.indexOf('/')));
      String comma = id == 1 ? "" : ",";
      images.append(
          "%s{\"id\":%d,\"file_name\":\"%s\",\"width\":60,\"height\":50}"
              .formatted(comma, id, name));
      annotations.append(
          "%s{\"id\":%d,\"image_id\":%d,\"category_id\":%d,\"bbox\":[5,5,30,25]}"
              .formatted(comma, id, id, category));
    }
    return Files.writeString(
        folder.resolve("regions.json"),
        ("{\"images\":[%s],\"annotations\":[%s],\"categories\":[{\"id\":1,\"name\":\"cat\"},"
                + "{\"id\":2,\"name\":\"dog\"},{\"id\":3,\"name\":\"fish\"}]}")
            .formatted(images, annotations));
  }
}
