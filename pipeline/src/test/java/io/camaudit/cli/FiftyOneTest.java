package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiftyOneTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void audit() throws IOException {
    Path photos = folder.resolve("photos");
    for (int i = 0; i < 4; i++) {
      TestPictures.write(
          photos.resolve(List.of("cat", "dog").get(i % 2) + "/" + i + ".jpg"), 60, 50, i);
    }
    Files.writeString(photos.resolve("cat/broken.jpg"), "no picture");
    run = folder.resolve("run");
    assertThat(Cli.audit(photos, run, "--no-page").code()).isZero();
  }

  @Test
  void everyImageIsASampleAndFailedOnesSaySo() throws IOException {
    Path out = folder.resolve("dataset");
    Cli cli = Cli.run("fiftyone", run, "--output", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).startsWith("FiftyOne: 5 samples in ");
    JsonNode samples = Cli.json(out.resolve("samples.json")).get("samples");
    assertThat(samples).hasSize(5);
    for (JsonNode sample : samples) {
      assertThat(Path.of(sample.get("filepath").asText())).isAbsolute().isRegularFile();
      boolean broken = sample.get("filepath").asText().endsWith("broken.jpg");
      assertThat(sample.has("heatmap")).isNotEqualTo(broken);
      assertThat(sample.has("prediction")).isNotEqualTo(broken);
      if (broken) {
        assertThat(sample.at("/tags/0").asText()).isEqualTo("not-an-image");
        assertThat(sample.get("reason").asText()).isNotBlank();
      } else {
        assertThat(out.resolve(sample.at("/heatmap/map_path").asText())).isNotEmptyFile();
      }
    }
    assertThat(Cli.json(out.resolve("metadata.json")).get("media_type").asText())
        .isEqualTo("image");
  }

  @Test
  void onlyADatasetIsReplaced() throws IOException {
    Path out = folder.resolve("dataset");
    assertThat(Cli.run("fiftyone", run, "--output", out).code()).isZero();
    Cli again = Cli.run("fiftyone", run, "--output", out);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is not empty");
    assertThat(Cli.run("fiftyone", run, "--output", out, "--overwrite").code()).isZero();
    Path others = Files.createDirectories(folder.resolve("others/fields"));
    assertThat(Cli.run("fiftyone", run, "--output", others.getParent(), "--overwrite").code())
        .isEqualTo(2);
    assertThat(others).isDirectory();
  }

  @Test
  void mistakesAreSaidInASentence() {
    Cli none = Cli.run("fiftyone", folder, "--output", folder.resolve("out"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("holds no finished run");
    Cli remote = Cli.run("fiftyone", run, "--output", "s3://bucket/dataset");
    assertThat(remote.code()).isEqualTo(2);
    assertThat(remote.err())
        .contains("--output s3://bucket/dataset: FiftyOne reads local folders only.");
  }
}
