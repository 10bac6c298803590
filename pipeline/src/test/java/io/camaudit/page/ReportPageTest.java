package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.UserException;
import io.camaudit.image.Colormap;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.Proofs;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantResult;
import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  /** Left behind for the browser's test, which needs hostile names in a whole page. */
  private static final Path FOR_BROWSER = Path.of("target/page-fixtures");

  @TempDir private Path temporary;

  @Test
  void writesEverythingTheBrowserNeedsAndNothingElse() throws IOException {
    Path run = temporary.resolve("run");
    SyntheticRun made = SyntheticRun.write(run, 3, 6, false);
    PageSummary summary = ReportPage.write(made.input(), PageOptions.defaults());

    assertThat(summary.index()).isEqualTo(run.resolve("report/index.html").toString());
    assertThat(summary.classes()).isEqualTo(3);
    assertThat(summary.images()).isEqualTo(18);
    assertThat(summary.photosMissing()).isEqualTo(3);
    assertThat(run.resolve("report.partial")).doesNotExist();
    assertThat(listing(run.resolve("report/data")))
        .containsExactly("class-0.js", "class-1.js", "class-2.js", "site.js");
    assertThat(listing(run.resolve("report/assets")))
        .containsExactly(
            "app.js",
            "base.js",
            "channels.js",
            "charts.js",
            "classes.js",
            "classview.js",
            "heat.js",
            "page.css",
            "proof.js",
            "scatter.js",
            "strategies.js",
            "tabulator.LICENSE.txt",
            "tabulator.min.css",
            "tabulator.min.js",
            "viewer.js",
            "whole.js");
    assertThat(listing(run.resolve("report/images"))).hasSize(15);

    JsonNode shard = data(run.resolve("report/data/class-1.js"));
    assertThat(shard.get("name").asText()).isEqualTo("fish");
    assertThat(shard.get("images")).hasSize(6);
    assertThat(shard.get("images").get(0).get("explanations").get(0).get("map").get("v"))
        .hasSize(49);
    assertThat(shard.get("mean").get("v")).hasSize(49);
    assertThat(shard.get("histograms")).isNotEmpty();
  }

  @Test
  void galleriesListTheLeastLiftFirstAndNameEveryImageOnce() throws IOException {
    Path run = temporary.resolve("run");
    ReportPage.write(SyntheticRun.write(run, 2, 20, false).input(), PageOptions.defaults());
    JsonNode shard = data(run.resolve("report/data/class-1.js"));
    int inVerdicts = 0;
    for (JsonNode gallery : shard.get("galleries")) {
      String id = gallery.get("id").asText();
      if (!isVerdict(gallery)) {
        continue;
      }
      inVerdicts += gallery.get("images").size();
      double before = 0;
      for (JsonNode position : gallery.get("images")) {
        JsonNode image = shard.get("images").get(position.asInt());
        assertThat(image.get("verdict").asText()).isEqualTo(id);
        JsonNode region = image.get("explanations").get(0).get("region");
        if (region != null) {
          double lift = region.get("lift").asDouble();
          assertThat(lift).isGreaterThanOrEqualTo(before);
          before = lift;
        }
      }
    }
    assertThat(inVerdicts).isEqualTo(20);
    assertThat(shard.get("images")).hasSize(20);
  }

  @Test
  void aPageStaysSmallHoweverManyImagesThereAre() throws IOException {
    Path run = temporary.resolve("run");
    SyntheticRun made = SyntheticRun.write(run, 2, 60, false);
    ReportPage.write(made.input(), PageOptions.defaults().withGalleryImages(2));
    for (int key = 0; key < 2; key++) {
      JsonNode shard = data(run.resolve("report/data/class-" + key + ".js"));
      long total = 0;
      for (JsonNode gallery : shard.get("galleries")) {
        boolean verdict = isVerdict(gallery);
        assertThat(gallery.get("images").size()).isLessThanOrEqualTo(verdict ? 2 : 6);
        total += verdict ? gallery.get("total").asLong() : 0;
      }
      assertThat(total).isEqualTo(60);
    }
    PageOptions few = new PageOptions(24, 5, 640, Colormap.JET, 0.5, 2);
    ReportPage.write(made.input(), few);
    for (JsonNode gallery : data(run.resolve("report/data/class-0.js")).get("galleries")) {
      if (isVerdict(gallery)) {
        assertThat(gallery.get("images")).hasSize(1);
      }
    }
  }

  @Test
  void anEarlierPageIsReplacedWhole() throws IOException {
    Path run = temporary.resolve("run");
    SyntheticRun made = SyntheticRun.write(run, 1, 2, false);
    Files.createDirectories(run.resolve("report/images"));
    Files.writeString(run.resolve("report/images/old.jpg"), "of an earlier page");
    ReportPage.write(made.input(), PageOptions.defaults());
    assertThat(run.resolve("report/images/old.jpg")).doesNotExist();
    byte[] first = Files.readAllBytes(run.resolve("report/data/class-0.js"));
    ReportPage.write(made.input(), PageOptions.defaults());
    assertThat(Files.readAllBytes(run.resolve("report/data/class-0.js"))).isEqualTo(first);
  }

  @Test
  void hostileNamesAreEscapedInEveryFile() throws IOException {
    Path run = fresh("hostile");
    SyntheticRun made = SyntheticRun.write(run, 6, 20, true);
    ReportPage.write(made.input(), PageOptions.defaults());

    String index = Files.readString(run.resolve("report/index.html"));
    assertThat(index).doesNotContain("<img", "<svg onload", "onerror=alert(1)>", "<script>alert");
    assertThat(index).contains("&lt;svg onload=alert(3)&gt;");
    for (String script : listing(run.resolve("report/data"))) {
      assertThat(Files.readString(run.resolve("report/data").resolve(script)))
          .doesNotContain("<", ">", "&");
    }
    JsonNode shard = data(run.resolve("report/data/class-2.js"));
    assertThat(shard.get("name").asText()).isEqualTo(SyntheticRun.HOSTILE_CLASS);
    assertThat(shard.get("images").get(0).get("name").asText())
        .startsWith(SyntheticRun.HOSTILE_FOLDER);
    assertThat(listing(run.resolve("report/images")))
        .allMatch(name -> name.matches("\\d+-\\d+.jpg"));
  }

  @Test
  void withoutLabelsAndRegionsThePageSaysWhatIsMissing() throws IOException {
    Path run = fresh("unlabelled");
    SyntheticRun made = SyntheticRun.write(run, 4, 12, false, false, false);
    ReportPage.write(made.input(), PageOptions.defaults());
    String index = Files.readString(run.resolve("report/index.html"));
    assertThat(index)
        .contains("No image has a label", "No image has a region")
        .doesNotContain("class=\"matrix\"");
    JsonNode site = data(run.resolve("report/data/site.js"));
    assertThat(site.get("labelled").asBoolean()).isFalse();
    assertThat(site.get("regions").asBoolean()).isFalse();
    assertThat(site.has("accuracy")).isFalse();
    JsonNode shard = data(run.resolve("report/data/class-0.js"));
    assertThat(shard.get("galleries").get(0).get("id").asText()).isEqualTo("UNLABELLED");
    assertThat(shard.has("confusions")).isFalse();
  }

  @Test
  void aThousandClassesMakeAPage() throws IOException {
    Path run = fresh("thousand-classes");
    SyntheticRun made = SyntheticRun.write(run, 1000, 6, false);
    PageSummary summary = ReportPage.write(made.input(), PageOptions.defaults());
    assertThat(summary.classes()).isEqualTo(1000);
    assertThat(data(run.resolve("report/data/site.js")).get("classes")).hasSize(1000);
    assertThat(Files.size(run.resolve("report/data/site.js"))).isLessThan(1_000_000);
  }

  @Test
  void theOverviewShowsHowTheRunWasMade() throws IOException {
    Path run = temporary.resolve("run");
    SyntheticRun made = SyntheticRun.write(run, 2, 3, false);
    ReportPage.write(made.input(), PageOptions.defaults());
    assertThat(Files.readString(run.resolve("report/index.html")))
        .contains("<h1>resnet50</h1>", "2026-11-21", "batch size", "overlay · alpha");
    Files.delete(run.resolve("run.json"));
    ReportPage.write(made.input(), PageOptions.defaults());
    assertThat(Files.readString(run.resolve("report/index.html")))
        .contains("The run left no run.json");
  }

  @Test
  void whatIsNoRunIsRefusedInASentence() throws IOException {
    Path run = temporary.resolve("run");
    SyntheticRun made = SyntheticRun.write(run, 1, 2, false);
    Files.writeString(run.resolve("classes.json"), "{\"schema\": 1, \"rows\": []}");
    assertThatThrownBy(() -> ReportPage.write(made.input(), PageOptions.defaults()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("classes.json is not what an audit of this version writes");
    Files.delete(run.resolve("classes.json"));
    assertThatThrownBy(() -> ReportPage.write(made.input(), PageOptions.defaults()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("classes.json is missing");
    assertThat(run.resolve("report")).doesNotExist();
  }

  private static boolean isVerdict(JsonNode gallery) {
    return !List.of("TYPICAL", "DEVIANT").contains(gallery.get("id").asText());
  }

  @Test
  void aProofLeadsWithPicturesAndTakesThemAlong() throws IOException {
    Path run = fresh("proved");
    SyntheticRun made = SyntheticRun.write(run, 6, 24, false);
    Proofs proofs = SyntheticProof.write(run, made);
    assertThat(proofs.classes().get(1).evidence().level()).isEqualTo(EvidenceLevel.CONFIRMED);
    ReportPage.write(made.input(), PageOptions.defaults());

    JsonNode proof = data(run.resolve("report/data/class-1.js")).get("proof");
    assertThat(proof.get("level").asText()).isEqualTo("Confirmed");
    assertThat(proof.get("sentence").asText())
        .isEqualTo(proofs.classes().get(1).evidence().sentence());
    assertThat(proof.get("strips")).hasSize(RunProofs.MOST_STRIPS);
    JsonNode frames = proof.get("strips").get(0).get("frames");
    assertThat(frames).hasSize(8);
    assertThat(frames.get(0).get("name").asText()).isEqualTo("Untouched");
    for (JsonNode frame : frames) {
      assertThat(run.resolve("report").resolve(frame.get("picture").asText())).isNotEmptyFile();
    }
    JsonNode row = proof.get("variants").get(0);
    VariantResult result = proofs.classes().get(1).variants().get(Variant.OBJECT_OUT);
    assertThat(row.get("count").asLong()).isEqualTo(result.kept().count());
    assertThat(row.get("against").get(0).asDouble())
        .isCloseTo(result.againstControl().difference(), within(1e-5));
    assertThat(proof.get("strip").get("frames")).hasSize(3);
    JsonNode site = data(run.resolve("report/data/site.js"));
    assertThat(site.get("proved").asBoolean()).isTrue();
    assertThat(site.get("classes").get(1).at("/level/name").asText()).isEqualTo("Confirmed");

    String overview = Files.readString(run.resolve("report/index.html"));
    assertThat(overview)
        .contains("1 confirmed", "Confirmed</span>", "Without the object", "Only the object");
    // Confirmed ones come first: its badge is that of the first suspect.
    int first = overview.indexOf("<article class=\"suspect\">");
    int second = overview.indexOf("<article class=\"suspect\">", first + 1);
    assertThat(overview.indexOf("Confirmed</span>")).isGreaterThan(first);
    assertThat(second == -1 || overview.indexOf("Confirmed</span>") < second).isTrue();

    // Of a class whose background counts, one that is not confirmed, backgrounds say what is meant.
    JsonNode tied = data(run.resolve("report/data/class-" + SyntheticProof.TIED + ".js"));
    assertThat(tied.at("/proof/background").asText())
        .isEqualTo(proofs.classes().get(SyntheticProof.TIED).evidence().background());
    assertThat(tied.at("/proof/strip/frames").findValuesAsText("name"))
        .containsExactly("Untouched", "Background of its class", "Background of others");
    assertThat(tied.at("/proof/headline").asText()).contains("its background counts too");
    assertThat(proof.has("background")).isFalse();
    assertThat(overview).contains("Background of its class");
  }

  @Test
  void aProofWithoutItsPicturesOrWithPathsThatLeaveTheRunIsShownAllTheSame() throws IOException {
    Path run = temporary.resolve("run");
    SyntheticRun made = SyntheticRun.write(run, 3, 24, true);
    SyntheticProof.write(run, made);
    Path file = run.resolve("proof.json");
    Path secret = Files.writeString(temporary.resolve("secret.jpg"), "secret");
    String proof = Files.readString(file);
    Files.writeString(
        file, proof.replaceFirst("proof/pictures/1-[0-9]+\\.jpg", "../" + secret.getFileName()));
    deleteTree(run.resolve("proof"));
    ReportPage.write(made.input(), PageOptions.defaults());
    JsonNode shown = data(run.resolve("report/data/class-1.js")).get("proof");
    assertThat(shown.get("strips").get(0).get("frames").get(0).has("picture")).isFalse();
    assertThat(Files.readString(run.resolve("report/index.html")))
        .contains("picture gone")
        .doesNotContain("<img src=x");
    Files.writeString(file, "{\"schema\": 1, \"what\": 2}");
    assertThatThrownBy(() -> ReportPage.write(made.input(), PageOptions.defaults()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("proof.json is not what this version writes");
  }

  @Test
  void aClassThatIsRecognisedInTwoWaysShowsThem() throws IOException {
    Path run = fresh("ways");
    SyntheticRun made = SyntheticRun.write(run, 4, 60, true);
    SyntheticStrategies.write(run, 1);
    ReportPage.write(made.input(), PageOptions.defaults());

    JsonNode shown = data(run.resolve("report/data/class-1.js"));
    JsonNode ways = shown.get("strategies");
    assertThat(ways.get("headline").asText()).isEqualTo("Seen in 2 ways");
    assertThat(ways.get("images").asLong()).isEqualTo(60);
    assertThat(ways.get("strategies")).hasSize(2);
    JsonNode first = ways.get("strategies").get(0);
    assertThat(first.get("images").asLong()).isEqualTo(48);
    assertThat(first.get("telling")).hasSize(5);
    assertThat(first.get("telling").get(0).get("channel").asInt()).isBetween(8, 15);
    assertThat(first.get("rightReasonAgainst").get(0).asDouble()).isNegative();
    assertThat(ways.get("points").get("names")).hasSize(60);
    assertThat(ways.get("ofImages")).hasSize(shown.get("images").size());
    for (int i = 0; i < shown.get("images").size(); i++) {
      String name = shown.get("images").get(i).get("name").asText();
      int number = Integer.parseInt(name.substring(name.length() - 7, name.length() - 4));
      assertThat(ways.get("ofImages").get(i).asInt()).isEqualTo(number % 5 == 0 ? 2 : 1);
    }
    List<String> galleries = new ArrayList<>();
    shown.get("galleries").forEach(each -> galleries.add(each.get("title").asText()));
    assertThat(galleries).contains("Typical of way 1", "Typical of way 2");

    JsonNode sound = data(run.resolve("report/data/class-0.js")).get("strategies");
    assertThat(sound.get("headline").asText()).isEqualTo("Seen in one way");
    assertThat(Files.readString(run.resolve("report/index.html")))
        .contains("Seen in more than one way", "In 2 ways: 48 images");

    String json = Files.readString(run.resolve("strategies.json"));
    Files.delete(run.resolve("strategies/00001.csv"));
    ReportPage.write(made.input(), PageOptions.defaults());
    assertThat(data(run.resolve("report/data/class-1.js")).get("strategies").has("points"))
        .isFalse();
    Files.writeString(
        run.resolve("strategies.json"), json.replace("strategies/00001.csv", "../secret.csv"));
    assertThatThrownBy(() -> ReportPage.write(made.input(), PageOptions.defaults()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("strategies.json is not what this version writes");
    Files.writeString(run.resolve("strategies.json"), json);
    SyntheticStrategies.write(run, 1);
    ReportPage.write(made.input(), PageOptions.defaults());
  }

  /** An empty folder that outlives the test. */
  private static Path fresh(String name) throws IOException {
    Path folder = FOR_BROWSER.resolve(name);
    if (Files.exists(folder)) {
      deleteTree(folder);
    }
    return Files.createDirectories(folder);
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> old = Files.walk(folder)) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<String> listing(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The last argument of a data file's only call. */
  private static JsonNode data(Path script) throws IOException {
    String text = Files.readString(script);
    return ReportJson.mapper()
        .readTree(text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1));
  }
}
