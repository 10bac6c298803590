package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffCommandTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>&'.png";

  @TempDir Path folder;
  private Path before;
  private Path after;

  @BeforeEach
  void runs() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Files.createDirectories(photos.resolve("cat"));
    for (int i = 0; i < 6; i++) {
      TestPictures.write(photos.resolve("cat/%d.png".formatted(i)), 40, 30, i);
    }
    TestPictures.write(photos.resolve("cat/" + HOSTILE), 40, 30, 7);
    before = folder.resolve("before");
    after = folder.resolve("after");
    assertThat(Cli.audit(photos, before).code()).isZero();
    assertThat(Cli.audit(photos, after, "--targets", "label").code()).isZero();
  }

  @Test
  void aComparisonLeavesNumbersAndAPage() throws IOException {
    Path out = folder.resolve("diff");
    Cli cli = Cli.run("diff", before, after, "--output", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains(
            "7 images compared; 0 only in",
            "0 predictions changed",
            "Page: " + out.resolve("index.html"));
    JsonNode diff = Cli.json(out.resolve("diff.json"));
    try (InputStream schema = Files.newInputStream(Path.of("../schemas/diff.schema.json"))) {
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(diff))
          .isEmpty();
    }
    assertThat(diff.at("/images/compared").asInt()).isEqualTo(7);
    String page = Files.readString(out.resolve("index.html"));
    assertThat(page).doesNotContain("<img src=x").doesNotContain("http:").doesNotContain("https:");
    Cli again = Cli.run("diff", before, after, "--output", out);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is not empty");
    Path other = folder.resolve("again");
    assertThat(Cli.run("diff", before, after, "--output", other).code()).isZero();
    assertThat(Cli.run("diff", before, after, "--output", out, "--overwrite").code()).isZero();
    assertThat(Cli.files(out)).isEqualTo(Cli.files(other));
  }

  @Test
  void onlyAComparisonIsReplaced() throws IOException {
    Path out = folder.resolve("mine");
    Files.createDirectories(out.resolve("data"));
    Path precious = Files.writeString(out.resolve("data/set.csv"), "x");
    Cli cli = Cli.run("diff", before, after, "--output", out, "--overwrite");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(precious).exists();
  }

  @Test
  void runsThatWereMadeDifferentlyAreSaidToBe() {
    assertThat(Cli.run("diff", before, after).out())
        .contains(
            "Beware: The runs were made with another --targets, [predicted, label] and [label]: a"
                + " change may come from that.");
    assertThat(Cli.run("diff", before, before).out()).doesNotContain("Beware");
  }

  @Test
  void aRunAgainstItselfSaysSo() {
    Cli cli = Cli.run("diff", before, before);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("0 predictions changed", "0 verdicts flipped", "0 maps of the same class moved");
  }

  @Test
  void mistakesAreSaidInASentence() throws IOException {
    Cli none = Cli.run("diff", before, folder.resolve("none"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("holds no finished run: there are no records");
    Path photos = Files.createDirectories(folder.resolve("others"));
    TestPictures.write(photos.resolve("x.png"), 40, 30, 1);
    assertThat(Cli.audit(photos, folder.resolve("strange")).code()).isZero();
    Cli strange = Cli.run("diff", before, folder.resolve("strange"));
    assertThat(strange.code()).isEqualTo(2);
    assertThat(strange.err()).contains("have no explained image in common");
    assertThat(Cli.run("diff", before, after, "--top", "0").code()).isEqualTo(2);
    Files.writeString(before.resolve("records/part-00000.jsonl"), "{");
    Cli broken = Cli.run("diff", before, after);
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.err()).contains("line 1: not the record of an image");
  }
}
