package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole proofs of whole runs, of a tiny model that knows nothing. */
class ProveCommandTest {
  private static final int IMAGES = 24;

  @TempDir Path folder;
  private Path photos;
  private Path run;

  @BeforeEach
  void photos() throws IOException {
    photos = folder.resolve("photos");
    run = folder.resolve("run");
    for (int i = 0; i < IMAGES; i++) {
      TestPictures.write(photos.resolve("%02d.png".formatted(i)), 40, 30, i);
    }
  }

  private void audit(Object... more) throws IOException {
    List<String> images = new ArrayList<>();
    List<String> boxes = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      images.add(
          "{\"id\": %d, \"file_name\": \"%02d.png\", \"width\": 40, \"height\": 30}"
              .formatted(i, i));
      boxes.add(
          "{\"id\": %d, \"image_id\": %d, \"category_id\": 1, \"bbox\": [%d, 8, 12, 11], \"iscrowd\": 0}"
              .formatted(i, i, 3 + i / 2));
    }
    Path regions =
        Files.writeString(
            folder.resolve("regions.json"),
            "{\"images\": %s, \"categories\": [{\"id\": 1, \"name\": \"thing\"}], \"annotations\": %s}"
                .formatted(images, boxes));
    List<Object> args = new ArrayList<>(List.of("--regions", regions, "--region-classes", "any"));
    args.addAll(List.of(more));
    Cli cli = Cli.audit(photos, run, args.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private static Cli prove(Path run, Object... more) {
    List<Object> args = new ArrayList<>(List.of("prove", run));
    args.addAll(List.of(more));
    return Cli.run(args.toArray());
  }

  private List<JsonNode> answers() throws IOException {
    return Cli.lines(run.resolve("proof/answers.jsonl"));
  }

  private Map<String, String> proof() throws IOException {
    return Cli.files(run).entrySet().stream()
        .filter(file -> file.getKey().startsWith("proof"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void everyImageHasItsVariantsAndTheBytesAreTheSameHoweverItIsRun() throws IOException {
    audit();
    Cli cli = prove(run, "--workers", 1);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).doesNotContain("could not take part");
    assertThat(cli.out()).contains("Proof: ", "Page: ");
    List<JsonNode> answers = answers();
    Map<String, Long> variants =
        answers.stream()
            .collect(Collectors.groupingBy(a -> a.path("variant").asText(), Collectors.counting()));
    long images = variants.get("objectOut");
    assertThat(variants)
        .containsEntry("onlyObject", images)
        .containsEntry("hotSpotOut", images)
        .containsKeys("control", "sameBackground", "coldSpotOut");
    for (JsonNode answer : answers) {
      boolean transplant = answer.path("variant").asText().equals("transplant");
      assertThat(answer.path("predictedBefore").asInt() == answer.path("classIndex").asInt())
          .isNotEqualTo(transplant);
      assertThat(answer.path("probability").asDouble()).isBetween(0.0, 1.0);
    }
    Map<String, String> files = proof();
    assertThat(files).containsKey("proof.json");
    assertThat(files.keySet()).anyMatch(name -> name.endsWith("/0/original.jpg"));
    assertThat(files.keySet()).noneMatch(name -> name.contains("unfinished"));
    assertThat(run.resolve("unfinished")).doesNotExist();
    for (List<Object> how :
        List.<List<Object>>of(
            List.of("--workers", 3), List.of("--runner", "flink", "--workers", 2))) {
      Cli again = prove(run, how.toArray());
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(proof()).as(how.toString()).isEqualTo(files);
    }
  }

  @Test
  void imagesThatAreGoneOrChangedCostThemselvesAndAreNamed() throws IOException {
    audit();
    assertThat(prove(run).code()).isZero();
    List<String> proved =
        answers().stream()
            .filter(answer -> answer.path("variant").asText().equals("objectOut"))
            .map(answer -> answer.path("image").asText())
            .toList();
    Files.delete(photos.resolve(proved.get(0)));
    TestPictures.write(photos.resolve(proved.get(1)), 40, 30, 99);
    Cli cli = prove(run);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains(
            "2 images could not take part",
            proved.get(0) + " (the file does not exist)",
            proved.get(1) + " (the file has changed since the run)");
    assertThat(answers().stream().filter(a -> a.path("variant").asText().equals("objectOut")))
        .hasSize(proved.size() - 2);
  }

  @Test
  void withoutRegionsThereIsOnlyTheHotSpot() throws IOException {
    Cli cli = Cli.audit(photos, run);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(prove(run, "--prove-images", 3, "--prove-fill", "mean").code()).isZero();
    assertThat(answers())
        .extracting(answer -> answer.path("variant").asText())
        .containsOnly("hotSpotOut", "coldSpotOut");
    assertThat(answers())
        .filteredOn(answer -> answer.path("variant").asText().equals("hotSpotOut"))
        .extracting(answer -> answer.path("classIndex").asInt())
        .allSatisfy(index -> assertThat(index).isBetween(0, 2));
  }

  @Test
  void onlyTheClassesThatAreAskedForAreProved() throws IOException {
    audit();
    assertThat(prove(run).code()).isZero();
    int index = answers().get(0).path("classIndex").asInt();
    List<JsonNode> all =
        answers().stream().filter(a -> a.path("classIndex").asInt() == index).toList();
    Cli cli = prove(run, "--classes", index);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(answers()).isEqualTo(all);
  }

  @Test
  void whatCannotBeProvedIsSaidBeforeAnythingIsComputed() throws IOException {
    audit();
    Map<String, String> before = Cli.files(run);
    refused(prove(photos), 2, "holds no finished run");
    refused(prove(run, "--prove-images", 0), 2, "--prove-images 0: must be at least 1");
    refused(prove(run, "--classes", "unicorn"), 2, "unicorn");
    refused(prove(run, "--model", folder), 3, "is not the one that the run");
    assertThat(Cli.files(run)).isEqualTo(before);
    Path summary = run.resolve("run.json");
    String said = Files.readString(summary);
    Files.writeString(summary, said.replace("/regions.json", "/gone.json"));
    refused(prove(run), 2, "gone.json");
    Files.writeString(summary, said.replace("\"batch-size\"", "\"something\""));
    refused(prove(run), 2, "does not say its --batch-size");
    Files.writeString(summary, said);
    assertThat(Cli.files(run)).isEqualTo(before);
    Files.delete(run.resolve("listing.jsonl"));
    refused(prove(run), 2, "has no listing.jsonl");
  }

  private static void refused(Cli cli, int code, String why) {
    assertThat(cli.err()).contains(why).hasLineCount(1);
    assertThat(cli.code()).isEqualTo(code);
  }

  @Test
  void proofsAreJudgedComparedAndHaveTheirThresholds() throws IOException {
    audit();
    assertThat(prove(run, "--prove-gap", 2).err()).contains("--prove-gap 2.0: must be a share");
    Cli cli = prove(run, "--prove-gap", 0.4, "--prove-least-alone", 0.6);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode proof = Cli.json(run.resolve("proof.json"));
    assertThat(proof.at("/rules/leastGap").asDouble()).isEqualTo(0.4);
    assertThat(proof.at("/rules/mostKeptWithout").asDouble()).isEqualTo(0.25);
    assertThat(proof.at("/rules/leastKeptAlone").asDouble()).isEqualTo(0.6);
    Path other = folder.resolve("other");
    assertThat(Cli.audit(photos, other).code()).isZero();
    assertThat(prove(other).code()).isZero();
    Path out = folder.resolve("diff");
    Cli diff = Cli.run("diff", run, other, "--output", out);
    assertThat(diff.code()).as(diff.err()).isZero();
    assertThat(diff.out()).contains("classes have another level of evidence");
    JsonNode changes = Cli.json(out.resolve("diff.json"));
    assertThat(changes.path("proofs")).hasSize(proof.path("classes").size());
    assertThat(changes.at("/proofs/0/kept/hotSpotOut/difference").asDouble()).isZero();
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../schemas/diff.schema.json")))
                .validate(changes))
        .isEmpty();
    Path gate = Files.writeString(folder.resolve("gate.yaml"), "kept-without-object: {maximum: 1}");
    assertThat(Cli.run("gate", run, "--gate", gate).code()).isZero();
    Cli without = Cli.run("gate", other, "--gate", gate);
    assertThat(without.code()).isEqualTo(7);
    assertThat(without.err()).contains("no image without its object was shown to the model");
  }
}
