package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import io.camaudit.image.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken and hostile input through the command line: a status each, or one sentence and its exit
 * code.
 */
class BadInputTest {
  @TempDir Path folder;

  @Test
  void brokenAndOddPicturesEachEndWithAStatusAndCostNothingElse() throws IOException {
    Path photos = folder.resolve("photos");
    byte[] jpeg = TestPictures.bytes("jpg", 80, 60, 1);
    TestPictures.write(photos.resolve("good.jpg"), 80, 60, 1);
    TestPictures.write(photos.resolve("one-pixel.png"), 1, 1, 2);
    TestPictures.write(photos.resolve("it's a \"photo\" ünïcödé 写真.jpg"), 80, 60, 3);
    TestPictures.write(photos.resolve("a/same.jpg"), 80, 60, 4);
    TestPictures.write(photos.resolve("b/same.jpg"), 80, 60, 5);
    Files.write(photos.resolve("grey.png"), grey(BufferedImage.TYPE_BYTE_GRAY));
    Files.write(photos.resolve("grey16.png"), grey(BufferedImage.TYPE_USHORT_GRAY));
    Files.write(photos.resolve("alpha.png"), alpha());
    Files.write(photos.resolve("png-in-truth.jpg"), TestPictures.bytes("png", 20, 20, 6));
    Files.write(photos.resolve("empty.jpg"), new byte[0]);
    Files.writeString(photos.resolve("text.jpg"), "This is no picture.");
    Files.write(photos.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
    Files.write(photos.resolve("bomb.png"), pngHeader(60_000, 60_000));
    Files.writeString(photos.resolve("photoshop.psd"), "8BPS\0\1");
    Files.createSymbolicLink(photos.resolve("dangling.jpg"), Path.of("nowhere.jpg"));

    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out);
    assertThat(cli.code()).as(cli.err()).isZero();
    Map<String, String> statuses = new HashMap<>();
    for (JsonNode record : Cli.records(out)) {
      String status = record.get("status").asText();
      statuses.put(record.get("image").asText(), status);
      assertThat(record.has("reason")).as(record.toString()).isEqualTo(!status.equals("OK"));
    }
    assertThat(statuses)
        .containsEntry("empty.jpg", "NOT_AN_IMAGE")
        .containsEntry("text.jpg", "NOT_AN_IMAGE")
        .containsEntry("cut.jpg", "CORRUPT")
        .containsEntry("bomb.png", "TOO_LARGE")
        .containsEntry("photoshop.psd", "UNSUPPORTED")
        .containsEntry("dangling.jpg", "UNREADABLE")
        .hasSize(15);
    for (String good :
        new String[] {
          "good.jpg",
          "one-pixel.png",
          "it's a \"photo\" ünïcödé 写真.jpg",
          "a/same.jpg",
          "b/same.jpg",
          "grey.png",
          "grey16.png",
          "alpha.png",
          "png-in-truth.jpg"
        }) {
      assertThat(statuses.get(good)).as(good).isIn("OK", "EMPTY_MAP");
    }
    assertThat(Cli.lines(out.resolve("failures.jsonl"))).hasSize(6);
    assertThat(out.resolve("reports/a/same.jpg.json")).exists();
    assertThat(out.resolve("reports/b/same.jpg.json")).exists();
    assertThat(out.resolve("reports/it's a %22photo%22 ünïcödé 写真.jpg.json")).exists();
    assertThat(Cli.json(out.resolve("run.json")).at("/counts/TOO_LARGE").asInt()).isEqualTo(1);
  }

  @Test
  void everyKindOfPictureIsExplainedAsItIsLookedAt() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    List<String> kinds =
        List.of(
            "cmyk.jpg",
            "grey.jpg",
            "orientation1.jpg",
            "orientation6.jpg",
            "animated.gif",
            "animated.webp",
            "transparent.gif",
            "palette.png",
            "progressive.jpg",
            "grey16.png",
            "grey-alpha.png",
            "one-bit.bmp",
            "lzw.tif");
    for (String kind : kinds) {
      try (InputStream in = ImageDecoder.class.getResourceAsStream("pictures/" + kind)) {
        Files.copy(in, photos.resolve(kind));
      }
    }
    Path out = folder.resolve("out");
    assertThat(Cli.audit(photos, out).code()).isZero();
    Map<String, JsonNode> files = new HashMap<>();
    for (JsonNode record : Cli.records(out)) {
      assertThat(record.get("status").asText()).as(record.toString()).isIn("OK", "EMPTY_MAP");
      files.put(record.get("image").asText(), record.get("file"));
    }
    assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(kinds);
    assertThat(files.get("animated.gif").get("format").asText()).isEqualTo("GIF");
    assertThat(files.get("animated.webp").get("format").asText()).isEqualTo("WEBP");
    JsonNode upright = files.get("orientation1.jpg");
    JsonNode turned = files.get("orientation6.jpg");
    assertThat(turned.get("orientation").asInt()).isEqualTo(6);
    assertThat(turned.get("width")).as("as it is looked at").isEqualTo(upright.get("height"));
    assertThat(turned.get("height")).isEqualTo(upright.get("width"));
    assertThat(turned.get("width")).isNotEqualTo(turned.get("height"));
  }

  @Test
  void namesOutOfAManifestStayInTheRunsFolder() throws IOException {
    TestPictures.write(folder.resolve("elsewhere/a b.png"), 20, 20, 1);
    Path lists = Files.createDirectories(folder.resolve("lists/deep"));
    Path manifest =
        Files.writeString(
            lists.resolve("m.csv"),
            "image,label\n\"../../elsewhere/a b.png\",cat\n../none.jpg,dog\n");
    Path out = folder.resolve("runs/out");
    Cli cli = Cli.audit(manifest, out, "--max-failures", "1", "--allow-outside");
    assertThat(cli.code()).as(cli.err()).isZero();
    List<JsonNode> records = Cli.records(out);
    assertThat(records)
        .extracting(record -> record.get("image").asText())
        .containsExactly("../../elsewhere/a b.png", "../none.jpg");
    assertThat(records.get(1).get("status").asText()).isEqualTo("UNREADABLE");
    assertThat(out.resolve("reports/%2E%2E/%2E%2E/elsewhere/a b.png.json")).exists();
    try (var beside = Files.list(folder.resolve("runs"))) {
      assertThat(beside).containsExactly(out);
    }
  }

  @Test
  void anEmptyFolder() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    fails(Cli.audit(empty, folder.resolve("out")), 4, "No image matches");
    assertThat(folder.resolve("out")).as("nothing was written").doesNotExist();
  }

  @Test
  void aPatternThatMatchesNothing() {
    fails(Cli.audit(folder.resolve("*.jpg"), folder.resolve("out")), 4, "No image matches");
  }

  @Test
  void aFolderThatIsNotThere() {
    fails(Cli.audit(folder.resolve("none"), folder.resolve("out")), 4, "No image matches");
  }

  @Test
  void aModelThatIsNotThere() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Cli cli =
        Cli.run(
            "audit",
            "--model",
            folder.resolve("none"),
            "--input",
            photo,
            "--output",
            folder.resolve("out"));
    fails(cli, 3, "There is no model directory");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFolderThatIsNoModel() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    fails(
        Cli.run("audit", "--model", folder, "--input", photo, "--output", folder.resolve("out")),
        3,
        "is not an exported model");
  }

  @Test
  void anOutputThatIsAFile() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Path file = Files.writeString(folder.resolve("file"), "x");
    fails(Cli.audit(photo, file.resolve("out")), 6, "Cannot write the output folder");
  }

  @Test
  void anOutputThatHoldsSomething() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("precious.txt"), "x");
    fails(Cli.audit(photo, out), 2, "is not empty");
    assertThat(Cli.audit(photo, out, "--overwrite").code()).isZero();
    assertThat(out.resolve("precious.txt")).as("only a run's own files are replaced").exists();
  }

  @Test
  void overwritingLeavesFoldersThatNoRunMadeAlone() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(Files.createDirectories(out.resolve("reports")).resolve("taxes.txt"), "x");
    fails(Cli.audit(photo, out, "--overwrite"), 2, "holds reports, but no run.json");
    assertThat(out.resolve("reports/taxes.txt")).exists();
    assertThat(out.resolve("unfinished")).doesNotExist();

    Files.createDirectories(out.resolve("unfinished")); // as a run that was cut off leaves it
    Cli again = Cli.audit(photo, out, "--overwrite");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(out.resolve("reports/taxes.txt")).doesNotExist();
    assertThat(out.resolve("unfinished")).doesNotExist();
    assertThat(Cli.audit(photo, out, "--overwrite").code()).as("a finished run").isZero();
  }

  @Test
  void aFileLongerThanAllowed() throws IOException {
    Path photos = folder.resolve("photos");
    Path small = TestPictures.write(photos.resolve("small.png"), 8, 8, 1);
    TestPictures.write(photos.resolve("large.png"), 200, 200, 2);
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out, "--max-bytes", Files.size(small));
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode refused = Cli.lines(out.resolve("failures.jsonl")).get(0);
    assertThat(refused.get("image").asText()).isEqualTo("large.png");
    assertThat(refused.get("status").asText()).isEqualTo("TOO_LARGE");
    assertThat(refused.get("reason").asText()).contains("longer than");
    assertThat(Cli.json(out.resolve("reports/small.png.json")).get("status").asText())
        .isIn("OK", "EMPTY_MAP");
  }

  @Test
  void aPictureThatTakesLongerThanAllowed() throws IOException {
    Path photos = folder.resolve("photos");
    TestPictures.write(photos.resolve("after.png"), 8, 8, 1);
    TestPictures.write(photos.resolve("a-large.gif"), 2000, 1500, 2);
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out, "--max-seconds", "0.001");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode refused = Cli.lines(out.resolve("failures.jsonl")).get(0);
    assertThat(refused.get("image").asText()).isEqualTo("a-large.gif");
    assertThat(refused.get("status").asText()).isEqualTo("TOO_LARGE");
    assertThat(refused.get("reason").asText()).contains("takes more than 0.001 s to decode");
    assertThat(Cli.json(out.resolve("reports/after.png.json")).get("status").asText())
        .isIn("OK", "EMPTY_MAP");
    fails(Cli.audit(photos, out, "--max-seconds", "0"), 2, "must be between 0.001 and 86400");
  }

  @Test
  void namesThatLookEscapedKeepTheirOwnReports() throws IOException {
    Path photos = folder.resolve("photos");
    List<String> names = List.of("100% sure.jpg", "100%25 sure.jpg", "a%2Fb.jpg", "%2E%2E.jpg");
    for (String name : names) {
      TestPictures.write(photos.resolve(name), 20, 20, name.hashCode());
    }
    Path out = folder.resolve("out");
    assertThat(Cli.audit(photos, out).code()).isZero();
    assertThat(Cli.records(out))
        .extracting(record -> record.get("image").asText())
        .containsExactlyInAnyOrderElementsOf(names);
    try (var reports = Files.list(out.resolve("reports"))) {
      assertThat(reports).hasSize(names.size());
    }
  }

  @Test
  void aTargetThatIsNoClass() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    fails(
        Cli.audit(photo, folder.resolve("out"), "--targets", "kat"),
        2,
        "no class \"kat\"; the nearest are cat (id n02121808, index 0)");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aLayerThatWasNotExported() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    fails(
        Cli.audit(photo, folder.resolve("out"), "--layers", "block"), 2, "nearest is block2_out;");
  }

  @Test
  void anUnknownOption() {
    Cli cli = Cli.run("audit", "--modle", "x");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("--model");
  }

  @Test
  void aRequiredOptionThatIsMisspelt() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Cli cli = Cli.run("audit", "--model", Cli.TINY_MODEL, "--input", photo, "--ouput", "out");
    fails(cli, 2, "Unknown option: '--ouput'");
    assertThat(cli.err()).contains("--output");
  }

  @Test
  void aPatternThatTheShellExpanded() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    fails(Cli.audit(photo, folder.resolve("out"), photo), 2, "need quotes");
  }

  @Test
  void aLabelThatIsNoClass() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Path out = folder.resolve("out");
    fails(
        Cli.run("explain", "--model", Cli.TINY_MODEL, "--output", out, "--label", "kat", photo),
        2,
        "no class \"kat\"; the nearest are cat");
  }

  @Test
  void accuracyIsOfImagesWithAPrediction() throws IOException {
    Path photos = folder.resolve("photos");
    TestPictures.write(photos.resolve("cat/good.jpg"), 20, 20, 1);
    Files.writeString(photos.resolve("cat/bad.jpg"), "no picture");
    TestPictures.write(photos.resolve("sky/other.jpg"), 20, 20, 2);
    Cli cli = Cli.audit(photos, folder.resolve("out"));
    assertThat(cli.out())
        .contains("of 1 labelled images classified correctly")
        .contains("1 images have no label");
  }

  @Test
  void aConfigurationWithAnUnknownKey() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "modell: x\n");
    fails(
        Cli.run("audit", "--config", config),
        2,
        "the key \"modell\" is unknown; did you mean model");
  }

  @Test
  void aConfigurationThatIsNoYaml() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "model: [x\n");
    fails(Cli.run("audit", "--config", config), 2, "c.yaml");
  }

  @Test
  void aRunThatLosesTooManyImagesEndsEarlyAndCanGoOn() throws IOException {
    StringBuilder entries = new StringBuilder("image\n");
    for (int i = 0; i < 20_000; i++) {
      entries.append("none/").append(i).append(".jpg\n");
    }
    Path manifest = Files.writeString(folder.resolve("m.csv"), entries);
    Path out = folder.resolve("out");
    // Blocks are of 80 images: with so many failures two workers have left one, whatever else the
    // machine does, and there is something to go on from.
    fails(Cli.audit(manifest, out, "--max-failures", "400", "--workers", "2"), 5, "Stopped early");
    assertThat(out.resolve("run.json")).doesNotExist();
    assertThat(Files.readAllLines(out.resolve("failures.jsonl")).size())
        .as("failures of the blocks that were done, each of 80 images")
        .isPositive()
        .satisfies(lines -> assertThat(lines % 80).isZero());
    Cli again = Cli.audit(manifest, out, "--max-failures", "100%", "--no-page");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).contains("going on with a run that was cut off");
    assertThat(Cli.records(out)).hasSize(20_000);
    assertThat(out.resolve("failures.jsonl")).content().hasLineCount(20_000);
  }

  @Test
  void aManifestWithoutImages() throws IOException {
    Path manifest = Files.writeString(folder.resolve("m.csv"), "first,second\nx,y\n");
    fails(Cli.audit(manifest, folder.resolve("out")), 2, "every entry needs a field \"image\"");
  }

  @Test
  void aManifestThatCannotBeParsed() throws IOException {
    Path manifest =
        Files.writeString(folder.resolve("m.jsonl"), "{\"image\": \"a.jpg\"}\n{broken\n");
    fails(Cli.audit(manifest, folder.resolve("out")), 2, "entry 2 (line 2)");
  }

  @Test
  void regionsThatCannotBeParsed() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Path regions = Files.writeString(folder.resolve("r.json"), "{\"images\": [");
    fails(Cli.audit(photo, folder.resolve("out"), "--regions", regions), 2, "r.json");
  }

  @Test
  void aMappingThatCannotBeParsed() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Path regions =
        Files.writeString(
            folder.resolve("r.json"), "{\"images\": [], \"annotations\": [], \"categories\": []}");
    Path mapping = Files.writeString(folder.resolve("map.yaml"), "cat: cat\ndog: cat: dog\n");
    Cli cli =
        Cli.audit(photo, folder.resolve("out"), "--regions", regions, "--region-mapping", mapping);
    fails(cli, 2, "map.yaml, line 2, column 9: cannot be parsed: mapping values are not allowed");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void aKeyThatStandsTwice() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    Path config =
        Files.writeString(folder.resolve("c.yaml"), "verdict: pointing\nverdict: iou>1\n");
    fails(
        Cli.audit(photo, folder.resolve("out"), "--config", config), 2, "line 2: Duplicate field");
    Path regions =
        Files.writeString(
            folder.resolve("r.json"), "{\"images\": [], \"annotations\": [], \"categories\": []}");
    Path mapping = Files.writeString(folder.resolve("map.yaml"), "a: cat\na: dog\n");
    fails(
        Cli.audit(photo, folder.resolve("out"), "--regions", regions, "--region-mapping", mapping),
        2,
        "Duplicate field 'a'");
  }

  @Test
  void aVerdictRuleThatIsNone() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    fails(Cli.audit(photo, folder.resolve("out"), "--verdict", "pionting"), 2, "pointing");
  }

  @Test
  void moreFailuresThanAllowed() throws IOException {
    Path photos = folder.resolve("photos");
    TestPictures.write(photos.resolve("good.jpg"), 20, 20, 1);
    Files.writeString(photos.resolve("bad.jpg"), "no picture");
    Cli cli = Cli.audit(photos, folder.resolve("out"), "--max-failures", "0");
    assertThat(cli.code()).isEqualTo(5);
    assertThat(cli.err()).contains("1 of 2 images failed");
    assertThat(folder.resolve("out/reports/good.jpg.json")).exists();
    assertThat(Cli.audit(photos, folder.resolve("out2"), "--max-failures", "50%").code()).isZero();
    fails(Cli.audit(photos, folder.resolve("out3"), "--max-failures", "some"), 2, "--max-failures");
  }

  @Test
  void aFlinkThatIsNotThere() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Path out = folder.resolve("out");
    fails(
        Cli.audit(photos, out, "--runner", "flink", "--flink-master", "[auto]"),
        2,
        "--flink-master [auto] is for a program that Flink starts itself");
    fails(
        Cli.audit(photos, out, "--runner", "flink", "--flink-master", "nowhere"),
        2,
        "--flink-master nowhere is no address");
    fails(Cli.audit(photos, out, "--flink-master", "localhost:1"), 2, "goes with --runner flink");
    fails(Cli.audit(photos, out, "--runner", "flink", "--workers", 0), 2, "must be at least 1");
    assertThat(out).doesNotExist();
  }

  @Test
  void anArgumentThatIsNoBeamOption() throws IOException {
    Path photo = TestPictures.write(folder.resolve("p/p.jpg"), 20, 20, 1);
    fails(Cli.audit(photo, folder.resolve("out"), "--", "runner"), 2, "Beam's options");
    fails(
        Cli.audit(photo, folder.resolve("out"), "--", "--runner=NoSuchRunner"),
        2,
        "Beam does not accept");
  }

  private static void fails(Cli cli, int code, String sentence) {
    assertThat(cli.code()).as(cli.err()).isEqualTo(code);
    assertThat(cli.err()).contains(sentence).doesNotContain("\tat ");
    // What was chosen in reading the input is said before.
    String first =
        cli.err()
            .lines()
            .filter(line -> line.matches("camaudit: (?!(input|labels): ).*"))
            .findFirst()
            .orElse("");
    assertThat(first).as("one clear sentence").contains(sentence);
  }

  private static byte[] grey(int type) throws IOException {
    BufferedImage image = new BufferedImage(30, 20, type);
    for (int i = 0; i < 600; i++) {
      image
          .getRaster()
          .setSample(i % 30, i / 30, 0, i * (type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 100));
    }
    return png(image);
  }

  private static byte[] alpha() throws IOException {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 600; i++) {
      image.setRGB(i % 30, i / 30, i * 7 << 24 | i * 1234);
    }
    return png(image);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] pngHeader(int width, int height) {
    byte[] type = "IHDR".getBytes(StandardCharsets.US_ASCII);
    byte[] chunk =
        ByteBuffer.allocate(17)
            .put(type)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(chunk);
    return ByteBuffer.allocate(33)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
        .putInt(13)
        .put(chunk)
        .putInt((int) crc.getValue())
        .array();
  }
}
