package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's model on its pictures: maps that are known to lie where its evidence is. */
class FaithfulnessTest {
  private static final String TRANSFORMER = "../savedmodel/src/test/resources/transformer-model";

  @TempDir Path folder;

  @Test
  void theDemosMapsNameWhatItsModelWentBy() throws IOException {
    JsonNode found = demo("one", 1, "--faithfulness-fill", "smooth");
    assertThat(found.get("images").asInt()).isEqualTo(20);
    assertThat(found.get("fill").asText()).isEqualTo("smooth");
    JsonNode maps = found.at("/maps/0");
    assertThat(maps.at("/gain/low").asDouble()).isGreaterThan(0.1);
    assertThat(maps.has("difference")).isFalse();
    for (int i = 0; i < 5; i++) {
      double any = found.at("/anyFirst/" + i).asDouble();
      assertThat(maps.at("/leastFirst/" + i).asDouble()).isGreaterThanOrEqualTo(any - 0.05);
      assertThat(maps.at("/mostFirst/" + i).asDouble()).isLessThanOrEqualTo(any + 0.05);
    }
    assertThat(Files.readString(folder.resolve("one/report/index.html")))
        .contains("Are the maps any good?", "The maps name what the model went by.");
    JsonNode others = demo("two", 3);
    ((ObjectNode) others).remove("seconds");
    ((ObjectNode) found).remove("seconds");
    assertThat(others).as("whatever the parallelism").isEqualTo(found);
  }

  @Test
  void layersAndMethodsAreComparedByTheSameCells() throws IOException {
    Path photos = folder.resolve("photos");
    for (int i = 0; i < 6; i++) {
      TestPictures.write(
          photos.resolve(List.of("cat", "dog").get(i % 2) + "/" + i + ".jpg"), 60, 50, i);
    }
    Files.writeString(photos.resolve("cat/broken.jpg"), "no picture");
    Path out = folder.resolve("out");
    Cli cli =
        Cli.run(
            "audit",
            "--model",
            TRANSFORMER,
            "--input",
            photos,
            "--output",
            out,
            "--layers",
            "all",
            "--faithfulness",
            100,
            "--faithfulness-methods",
            "gradcam,rollout,gae",
            "--faithfulness-fill",
            "mean");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode found = checked(out);
    assertThat(found.get("images").asInt()).isEqualTo(6);
    assertThat(found.has("lost")).isFalse();
    assertThat(found.get("rows").asInt()).isEqualTo(4);
    assertThat(found.get("columns").asInt()).isEqualTo(6);
    List<String> kinds =
        StreamSupport.stream(found.get("maps").spliterator(), false)
            .map(maps -> maps.get("method").asText() + " " + maps.get("layer").asText())
            .toList();
    assertThat(kinds)
        .containsExactly(
            "gae block2_attention",
            "gae block1_attention",
            "gradcam block2_attention",
            "gradcam block1_attention",
            "rollout block2_attention",
            "rollout block1_attention");
    assertThat(found.at("/maps/1/difference/mean").asDouble())
        .isCloseTo(
            found.at("/maps/1/gain/mean").asDouble() - found.at("/maps/0/gain/mean").asDouble(),
            org.assertj.core.api.Assertions.within(1e-9));
    assertThat(cli.out())
        .contains("Faithfulness: symmetric relevance gain of gae at block2_attention ");
    assertThat(Files.readString(out.resolve("report/index.html")))
        .contains("images are judged by these");
  }

  @Test
  void whatCannotBeMeantIsRefusedBeforeAnythingIsComputed() {
    assertThat(refused("--faithfulness", -1))
        .contains("--faithfulness -1: must be between 0 and 10000.");
    assertThat(refused("--faithfulness-methods", "all"))
        .contains(
            "--faithfulness-methods all: say of how many images, such as --faithfulness 200.");
    assertThat(refused("--faithfulness", 5, "--faithfulness-methods", "layercam"))
        .contains("exported without method \"layercam\"; it has gradcam");
    assertThat(refused("--faithfulness", 5, "--versus", "next")).contains("leave one of them out");
  }

  private String refused(Object... options) {
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(Path.of("../demo/images"), out, options);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(out).doesNotExist();
    return cli.err();
  }

  private JsonNode demo(String name, int workers, Object... more) throws IOException {
    Path out = folder.resolve(name);
    List<Object> args =
        new ArrayList<>(
            List.of(
                "audit",
                "--model",
                "../demo/model",
                "--input",
                "../demo/images",
                "--output",
                out,
                "--no-parquet",
                "--overlays",
                "none",
                "--faithfulness",
                20,
                "--workers",
                workers));
    args.addAll(Arrays.asList(more));
    Cli cli = Cli.run(args.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Faithfulness: symmetric relevance gain of gradcam at ");
    JsonNode run = checked(out);
    assertThat(Cli.json(out.resolve("run.json")).at("/options/faithfulness").asInt()).isEqualTo(20);
    return run;
  }

  private static JsonNode checked(Path out) throws IOException {
    JsonNode run = Cli.json(out.resolve("run.json"));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../schemas/run.schema.json")))
                .validate(run))
        .isEmpty();
    return run.get("faithfulness");
  }
}
