package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vision transformer with a class token, explained by its attentions. */
class TransformerTest {
  private static final String MODEL = "../savedmodel/src/test/resources/transformer-model";

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void photos() throws IOException {
    photos = folder.resolve("photos");
    for (int i = 0; i < 6; i++) {
      TestPictures.write(
          photos.resolve(List.of("cat", "dog").get(i % 2) + "/" + i + ".jpg"), 60, 50, i);
    }
  }

  @Test
  void itsFirstMethodIsTheDefaultAndLooksAtTheClass() throws IOException {
    List<JsonNode> records = audit("gae", "gae");
    assertThat(records).hasSize(6);
    assertThat(records)
        .anyMatch(record -> !entropies(record).get(0).equals(entropies(record).get(1)));
    JsonNode options = Cli.json(folder.resolve("gae/run.json")).get("options");
    assertThat(options.get("method").asText()).isEqualTo("gae");
    assertThat(options.get("batch-size").asInt()).isEqualTo(4);
  }

  @Test
  void itsMethodsWithGradientsOfLibraGradLookAtTheClassToo() throws IOException {
    for (String method : List.of("libra-gae", "libra-gradcam", "libra-hirescam")) {
      List<JsonNode> records = audit(method, method, "--method", method);
      assertThat(records)
          .anyMatch(record -> !entropies(record).get(0).equals(entropies(record).get(1)));
      int batch = Cli.json(folder.resolve(method + "/run.json")).at("/options/batch-size").asInt();
      assertThat(batch).isEqualTo(method.equals("libra-gae") ? 4 : 16);
    }
  }

  @Test
  void attentionAndRolloutAreTheSameForEveryClassAtEachBlock() throws IOException {
    for (String method : List.of("attention", "attention-back", "rollout")) {
      List<JsonNode> records = audit(method, method, "--method", method, "--layers", "all");
      assertThat(Cli.json(folder.resolve(method + "/run.json")).at("/options/batch-size").asInt())
          .isEqualTo(16);
      for (JsonNode record : records) {
        List<Double> entropies = entropies(record);
        assertThat(entropies).hasSize(4);
        assertThat(entropies.stream().distinct().count()).as(entropies.toString()).isEqualTo(2);
      }
    }
  }

  @Test
  void theCardSaysWhichMethodsThereAre() {
    Cli cli = Cli.run("model", MODEL);
    assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
    assertThat(cli.out())
        .contains(
            "methods   gae, gradcam, ",
            "attention (the same for every class), attention-back (the same for every class), rollout (the same",
            "libra-gae, libra-gradcam, libra-hirescam")
        .contains("layer     block2_attention, 4 x 6 x 16 (default)");
  }

  private List<JsonNode> audit(String output, String method, Object... more) throws IOException {
    Path out = folder.resolve(output);
    Object[] args = {
      "audit", "--model", MODEL, "--input", photos, "--output", out, "--targets", "top:2"
    };
    Object[] all = new Object[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    Cli cli = Cli.run(all);
    assertThat(cli.code()).as(cli.err()).isZero();
    List<JsonNode> records = Cli.records(out);
    for (JsonNode record : records) {
      for (JsonNode explanation : record.get("explanations")) {
        assertThat(explanation.get("method").asText()).isEqualTo(method);
        assertThat(out.resolve(explanation.get("overlay").asText())).isNotEmptyFile();
      }
    }
    return records;
  }

  /** Entropies of a record's maps, first those of the first target. */
  private static List<Double> entropies(JsonNode record) {
    return record.findValues("entropy").stream().map(JsonNode::asDouble).toList();
  }
}
