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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CueCommandTest {
  @TempDir Path folder;
  private Path photos;
  private Path out;

  @BeforeEach
  void pictures() throws IOException {
    photos = folder.resolve("photos");
    out = folder.resolve("out");
    for (int i = 0; i < 30; i++) {
      String name = "%s/%02d.jpg".formatted(List.of("cat", "dog", "fish").get(i % 3), i);
      TestPictures.write(photos.resolve(name), 60, 50, i);
    }
  }

  @Test
  void aCueIsFoundRankedAndTakenOut() throws IOException {
    assertThat(Cli.audit(photos, out, "--channels", "--no-page").code()).isZero();
    Path list =
        Files.writeString(
            folder.resolve("list.csv"),
            "image\ncat/00.jpg\n\"cat/03.jpg\"\ncat/06.jpg\ndog/01.jpg\n");
    Cli cli = Cli.run("cue", out, "--images", list, "--top", 5);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("made by 2 of the 4 images", "AUC");
    JsonNode cue = Cli.json(out.resolve("cue/cue.json"));
    assertThat(cue.get("madeBy").asLong()).isEqualTo(2);
    assertThat(cue.at("/separation/count").asLong()).isEqualTo(2);
    assertThat(cue.at("/separation/others").asLong() + cue.get("madeAgainst").asLong())
        .isEqualTo(26);
    List<String> ranking = Files.readAllLines(out.resolve("cue/ranking.csv"));
    assertThat(ranking).hasSize(6).first().isEqualTo("image,score,set,made,predicted");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../schemas/cue.schema.json")));
    assertThat(schema.validate(cue)).as(cue.toString()).isEmpty();
    ((ObjectNode) cue).put("surprise", 1);
    assertThat(schema.validate(cue)).as("the schema is strict").isNotEmpty();
    String before = Files.readString(out.resolve("cue/cue.json"));
    assertThat(Cli.run("cue", out, "--images", list).code()).isZero();
    assertThat(Files.readString(out.resolve("cue/cue.json"))).isEqualTo(before);
    assertThat(out.resolve("unfinished")).doesNotExist();
  }

  @Test
  void whereACueIsBecomesRegionsThatAnAuditTakes() throws IOException {
    assertThat(Cli.audit(photos, out, "--channels", "--no-page").code()).isZero();
    Path list =
        Files.writeString(folder.resolve("list.txt"), "cat/00.jpg\ncat/03.jpg\ndog/01.jpg\n");
    Files.delete(photos.resolve("dog/01.jpg"));
    Cli cli = Cli.run("cue", out, "--images", list);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Masks: of ", " images that count as showing it");
    assertThat(cli.err()).contains("1 images have no mask", "dog/01.jpg");
    JsonNode cue = Cli.json(out.resolve("cue/cue.json"));
    JsonNode masks = cue.get("masks");
    List<String> bearing =
        Files.readAllLines(out.resolve("cue/ranking.csv")).stream()
            .skip(1)
            .map(line -> line.split(","))
            .filter(cells -> cells[2].equals("true") || Double.parseDouble(cells[1]) >= 0.5)
            .map(cells -> cells[0])
            .toList();
    assertThat(cue.get("bearing").asInt()).isEqualTo(bearing.size());
    assertThat(masks.get("images").asInt()).isEqualTo(bearing.size());
    assertThat(masks.at("/lost/0/image").asText()).isEqualTo("dog/01.jpg");
    JsonNode regions = Cli.json(out.resolve("cue/regions.json"));
    int masked = regions.get("images").size();
    assertThat(masked).isPositive().isEqualTo(masks.get("masked").asInt());
    assertThat(masked + 1 + masks.get("withoutPlace").asInt()).isEqualTo(bearing.size());
    for (int i = 0; i < masked; i++) {
      assertThat(bearing).contains(regions.at("/images/" + i + "/file_name").asText());
      JsonNode found = regions.at("/annotations/" + i);
      long inside = 0;
      long all = 0;
      for (int run = 0; run < found.at("/segmentation/counts").size(); run++) {
        long length = found.at("/segmentation/counts/" + run).asLong();
        inside += run % 2 == 1 ? length : 0;
        all += length;
      }
      assertThat(all).isEqualTo(60 * 50);
      assertThat(found.get("area").asLong()).isEqualTo(inside);
    }
    Path second = folder.resolve("second");
    Path cues = out.resolve("cue/regions.json");
    cli = Cli.audit(photos, second, "--regions", cues, "--region-classes", "any", "--no-page");
    assertThat(cli.code()).as(cli.err()).isZero();
    long judged =
        Cli.json(second.resolve("classes.json")).at("/dataset/pointingHitRate/of").asLong();
    assertThat(judged).isEqualTo(masked);
    assertThat(Cli.run("cue", out, "--images", list, "--masks", 0).code()).isZero();
    assertThat(cues).as("masks of an earlier command").doesNotExist();
    assertThat(Cli.json(out.resolve("cue/cue.json")).has("masks")).isFalse();
  }

  @Test
  void imagesCanBeThoseOfAWayOrATable() throws IOException {
    assertThat(Cli.audit(photos, out, "--channels", "--no-page").code()).isZero();
    JsonNode ways = Cli.json(out.resolve("strategies.json")).at("/classes/0");
    String name = ways.at("/class/name").asText();
    List<String> images =
        Files.readAllLines(out.resolve(ways.get("file").asText())).stream()
            .skip(1)
            .map(line -> line.split(","))
            .filter(cells -> cells[1].equals("1"))
            .map(cells -> cells[0])
            .toList();
    Cli cli = Cli.run("cue", out, "--strategy", name + "/1", "--masks", 0);
    assertThat(cli.code()).as(cli.err()).isZero();
    String found = Files.readString(out.resolve("cue/cue.json"));
    assertThat(Cli.json(out.resolve("cue/cue.json")).get("images").asInt())
        .isEqualTo(images.size());
    String rows = String.join("", images.stream().map(image -> image + ",x\r\n").toList());
    Path table = Files.writeString(folder.resolve("saved.csv"), "image,label\r\n" + rows);
    assertThat(Cli.run("cue", out, "--images", table, "--masks", 0).code()).isZero();
    assertThat(Files.readString(out.resolve("cue/cue.json"))).isEqualTo(found);
    refused("cue", out, "--strategy", name).contains("give a class and the number");
    refused("cue", out, "--strategy", name + "/99").contains("way");
    refused("cue", out, "--strategy", "nobody/1").contains("no ways of class \"nobody\"", "near");
    refused("cue", out, "--flag", name).contains("no flag of class");
    refused("cue", out, "--strategy", name + "/1", "--images", table).contains("--images");
    refused("cue", out).contains("--images", "--strategy", "--flag");
  }

  @Test
  void whatCannotBeMeantIsSaidInASentence() throws IOException {
    Cli.audit(photos, out, "--channels", "--no-page");
    Path list = Files.writeString(folder.resolve("list.txt"), "cat/00.jpg\ncat/zero.jpg\n");
    refused("cue", out, "--images", list).contains("1 of its 2 names", "\"cat/zero.jpg\"", "cat/0");
    Files.writeString(list, "cat/00.jpg\n");
    refused("cue", out, "--images", list).contains("names 1 images", "at least 2");
    refused("cue", out, "--images", folder.resolve("none.txt")).contains("cannot be read");
    refused("cue", out, "--images", list, "--top", 0).contains("--top 0");
    refused("cue", out, "--images", list, "--masks", -1).contains("--masks -1");
    Files.writeString(list, String.join("\n", names()));
    refused("cue", out, "--images", list).contains("no others");
    Path without = folder.resolve("without");
    Cli.audit(photos, without, "--no-page");
    refused("cue", without, "--images", list).contains("has no channels", "--channels");
    refused("cue", folder.resolve("empty"), "--images", list).contains("no finished run");
  }

  private static List<String> names() {
    return java.util.stream.IntStream.range(0, 30)
        .mapToObj(i -> "%s/%02d.jpg".formatted(List.of("cat", "dog", "fish").get(i % 3), i))
        .toList();
  }

  private static org.assertj.core.api.AbstractStringAssert<?> refused(Object... args) {
    Cli cli = Cli.run(args);
    assertThat(cli.code()).isEqualTo(2);
    return assertThat(cli.err()).doesNotContain("Exception");
  }
}
