package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.Sha256;
import io.camaudit.TestPictures;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.channel.ChannelVectors;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels of whole audits. */
class ChannelsTest {
  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void pictures() throws IOException {
    photos = folder.resolve("photos");
    for (int i = 0; i < 11; i++) {
      String name = "%s/%02d.jpg".formatted(List.of("cat", "dog", "fish").get(i % 3), i);
      TestPictures.write(photos.resolve(name), 60 + i, 50, i);
    }
    Files.writeString(photos.resolve("dog/broken.jpg"), "no picture");
  }

  @Test
  void eachImageHasVectorsThatSumToWhatWasExplained() throws IOException {
    Path out = audit("out", "--channels", "--regions", masks());
    ModelCard card = ModelCard.read(Path.of(Cli.TINY_MODEL));
    Map<String, ChannelVectors> vectors = new TreeMap<>();
    Map<String, Float> scores = new TreeMap<>();
    ChannelFiles files = ChannelFiles.of(new RunFolder(out.toString())).orElseThrow();
    assertThat(files.channels()).isEqualTo(12);
    files.forEach(
        (report, found) -> {
          vectors.put(report.image(), found);
          scores.put(report.image(), report.first().score());
          assertThat(found.target()).isEqualTo(report.first().target().index());
          assertThat(found.heats()).isNotEmpty();
          assertThat(found.heats().get(0).cells()).hasSize(64).contains((byte) 255);
        });
    assertThat(vectors).hasSize(11).doesNotContainKey("dog/broken.jpg");
    vectors.forEach(
        (image, found) -> {
          double sum = 0;
          for (int k = 0; k < 12; k++) {
            sum += found.relevance()[k];
            if (found.inside() != null) {
              assertThat(found.inside()[k])
                  .as("a mask of the whole picture")
                  .isCloseTo(found.relevance()[k], within(1e-5f));
            }
          }
          double expected = scores.get(image) - card.head().bias()[found.target()];
          assertThat(sum).as(image).isCloseTo(expected, within(1e-5));
          assertThat(found.inside() == null).as(image).isEqualTo(!image.startsWith("cat/"));
        });
    JsonNode json = Cli.json(out.resolve("channels.json"));
    assertThat(json.get("images").asLong()).isEqualTo(11);
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../schemas/channels.schema.json")));
    assertThat(schema.validate(json)).as(json.toString()).isEmpty();
    ((ObjectNode) json.at("/classes/0")).put("surprise", 1);
    assertThat(schema.validate(json)).as("the schema is strict").isNotEmpty();
  }

  @Test
  void theyAreTheSameBytesForAnyRunnerAndTheRestIsTheSameWithoutThem() throws IOException {
    Path one = audit("one", "--channels", "--workers", 1);
    Path flink = audit("flink", "--channels", "--runner", "flink", "--workers", 2);
    Path without = audit("without", "--no-channels");
    Map<String, String> expected = files(one);
    assertThat(expected)
        .containsKeys(
            "channels.json", "channels/part-00000.bin", "strategies.json", "strategies/00000.csv");
    assertThat(files(flink)).isEqualTo(expected);
    expected
        .keySet()
        .removeIf(name -> name.startsWith("channels") || name.startsWith("strategies"));
    assertThat(files(without)).isEqualTo(expected);
  }

  @Test
  void aLaterRunTakesThemOver() throws IOException {
    Path earlier = audit("earlier", "--channels");
    TestPictures.write(photos.resolve("fish/11.jpg"), 63, 50, 99);
    Path since = audit("since", "--channels", "--since", earlier);
    assertThat(Cli.json(since.resolve("run.json")).at("/since/takenOver").asLong()).isEqualTo(12);
    Map<String, ChannelVectors> before = vectors(earlier);
    Map<String, ChannelVectors> after = vectors(since);
    assertThat(after).hasSize(12);
    before.forEach(
        (image, found) -> {
          assertThat(after.get(image).relevance()).containsExactly(found.relevance());
          assertThat(after.get(image).pooled()).containsExactly(found.pooled());
          assertThat(after.get(image).heats()).hasSameSizeAs(found.heats());
        });
    Files.delete(earlier.resolve("channels/part-00000.bin"));
    Path again = audit("again", "--channels", "--since", earlier);
    assertThat(Cli.json(again.resolve("run.json")).at("/since/takenOver").asLong())
        .as("those without channels are computed again")
        .isLessThan(12);
    assertThat(vectors(again)).hasSize(12);
  }

  private static Map<String, ChannelVectors> vectors(Path run) throws IOException {
    Map<String, ChannelVectors> vectors = new TreeMap<>();
    ChannelFiles.of(new RunFolder(run.toString()))
        .orElseThrow()
        .forEach((report, found) -> vectors.put(report.image(), found));
    return vectors;
  }

  @Test
  void aRunOverARunWithChannelsLeavesNone() throws IOException {
    Path out = audit("out", "--channels");
    assertThat(out.resolve("channels")).isDirectory();
    audit("out", "--no-channels", "--overwrite");
    assertThat(out.resolve("channels")).doesNotExist();
    assertThat(out.resolve("channels.json")).doesNotExist();
  }

  private Path audit(String name, Object... more) {
    Path out = folder.resolve(name);
    List<Object> args = new ArrayList<>(List.of("--no-page"));
    args.addAll(List.of(more));
    Cli cli = Cli.audit(photos, out, args.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    return out;
  }

  private static Map<String, String> files(Path run) throws IOException {
    Map<String, String> files = Cli.files(run);
    files.remove("run.json");
    files.replaceAll((name, bytes) -> Sha256.hex(bytes));
    return files;
  }

  /** COCO JSON with a box around the whole picture for each cat. */
  private Path masks() throws IOException {
    StringBuilder images = new StringBuilder();
    StringBuilder boxes = new StringBuilder();
    for (int i = 0; i < 11; i += 3) {
      images.append(
          "%s{\"id\":%d,\"file_name\":\"cat/%02d.jpg\",\"width\":%d,\"height\":50}"
              .formatted(i == 0 ? "" : ",", i, i, 60 + i));
      boxes.append(
          "%s{\"id\":%d,\"image_id\":%d,\"category_id\":1,\"bbox\":[0,0,%d,50]}"
              .formatted(i == 0 ? "" : ",", i, i, 60 + i));
    }
    return Files.writeString(
        folder.resolve("regions.json"),
        "{\"images\":[%s],\"annotations\":[%s],\"categories\":[{\"id\":1,\"name\":\"cat\"}]}"
            .formatted(images, boxes));
  }
}
