package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Score-CAM and Ablation-CAM from the command line. */
final class ChannelMethodsTest {
  private static final String TRANSFORMER = "../savedmodel/src/test/resources/transformer-model";

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void photographs() throws IOException {
    photos = folder.resolve("photos");
    TestPictures.write(photos.resolve("cat/p.png"), 90, 60, 1);
    TestPictures.write(photos.resolve("dog/q.png"), 50, 70, 2);
  }

  @Test
  void explainSaysWhatItCostsAndDraws() throws IOException {
    for (String method : List.of("scorecam", "ablationcam")) {
      Path out = folder.resolve(method);
      Cli cli = explain(out, "--method", method, "--layers", "all", "--targets", "top:2");
      assertThat(cli.code()).as(cli.err()).isZero();
      assertThat(cli.err())
          .contains(method + " asks the model up to 20 times for each image")
          .contains("block2_out, block1_out");
      JsonNode explanations = Cli.json(out.resolve("reports/p.png.json")).get("explanations");
      assertThat(explanations).hasSize(4);
      for (JsonNode each : explanations) {
        assertThat(each.get("method").asText()).isEqualTo(method);
        if (each.get("status").asText().equals("OK")) {
          assertThat(out.resolve(each.get("overlay").asText())).isNotEmptyFile();
        }
      }
    }
  }

  @Test
  void anAuditGivesTheSameBytesHoweverItsImagesAreCut() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Cli cli = Cli.audit(photos, one, "--method", "scorecam", "--workers", 1);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("up to 12 times for each image");
    assertThat(Cli.audit(photos, two, "--method", "scorecam", "--workers", 2).code()).isZero();
    assertThat(Files.readString(two.resolve("classes.json")))
        .isEqualTo(Files.readString(one.resolve("classes.json")));
  }

  @Test
  void whatHasNoAnswerIsRefused() {
    Cli all = explain(folder.resolve("o"), "--method", "scorecam", "--all-classes");
    assertThat(all.code()).isEqualTo(2);
    assertThat(all.err()).contains("takes hundreds of passes; name the classes with --target");
    Cli tokens =
        Cli.run(
            "explain",
            "--model",
            TRANSFORMER,
            "--method",
            "ablationcam",
            "--output",
            folder.resolve("o"),
            photos.resolve("cat/p.png"));
    assertThat(tokens.code()).isEqualTo(2);
    assertThat(tokens.err()).contains("its channels cannot be left out");
    Cli other = explain(folder.resolve("other"), "--method", "Score-CAM", "--layers", "default");
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(folder.resolve("other/reports")).isDirectoryContaining("glob:**p.png.json");
    Cli unknown = explain(folder.resolve("o"), "--method", "smoothgrad");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("and scorecam and ablationcam, which take a pass a channel");
    assertThat(folder.resolve("o")).doesNotExist();
  }

  private Cli explain(Path out, Object... options) {
    List<Object> args =
        new ArrayList<>(
            List.of("explain", "--model", Cli.TINY_MODEL, "--batch-size", 4, "--output", out));
    args.addAll(List.of(options));
    args.add(photos.resolve("cat/p.png"));
    return Cli.run(args.toArray());
  }
}
