package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camaudit.TestPictures;
import io.camaudit.savedmodel.Bfloat16Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs in bfloat16; skipped where the processor has none, but for its refusal. */
class PrecisionTest {
  private static final int IMAGES = 21;

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void photos() throws IOException {
    photos = folder.resolve("photos");
    for (int i = 0; i < IMAGES; i++) {
      String name = "%s/%02d.jpg".formatted(List.of("cat", "dog", "fish").get(i % 3), i);
      TestPictures.write(photos.resolve(name), 60 + i, 50, i);
    }
  }

  @Test
  void bfloat16IsRefusedBeforeAnythingIsWrittenWhereThereIsNone() {
    assumeTrue(!Bfloat16Support.isHere(), "this processor has bfloat16");
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out, "--precision", "bfloat16");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("neither AMX_BF16 nor AVX512_BF16").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void aRunSaysHowItAgreesWithFloat32() throws IOException {
    assumeBfloat16();
    Path out = folder.resolve("out");
    Files.writeString(photos.resolve("cat/broken.jpg"), "no picture");
    Path config = Files.writeString(folder.resolve("c.yaml"), "precision: bfloat16\n");
    Cli cli =
        Cli.audit(
            photos,
            out,
            "--config",
            config,
            "--precision-check",
            10,
            "--precision-limit",
            "predictions=100%,verdicts=100%,peaks=100%,map=100%");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Precision: compared with float32", " of 10 predictions");
    JsonNode run = Cli.json(out.resolve("run.json"));
    assertThat(run.at("/options/precision").asText()).isEqualTo("bfloat16");
    assertThat(run.at("/options/precision-check").asInt()).isEqualTo(10);
    assertThat(run.at("/precisionCheck/images").asInt()).isEqualTo(10);
    assertThat(run.at("/precisionCheck/medianMapDifference").asDouble()).isBetween(1e-6, 0.1);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../schemas/run.schema.json")))
                .validate(run))
        .isEmpty();
    String page = Files.readString(out.resolve("report/index.html"));
    assertThat(page).contains("bfloat16", "precision check");
  }

  @Test
  void beyondItsLimitsARunHasAnExitCodeOfItsOwn() throws IOException {
    assumeBfloat16();
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out, "--precision", "bfloat16", "--precision-limit", "map=0");
    assertThat(cli.code()).isEqualTo(8);
    assertThat(cli.err()).contains("camaudit: precision: Maps differ from float32 by");
    assertThat(Cli.json(out.resolve("run.json")).at("/precisionCheck/images").asInt())
        .isEqualTo(IMAGES);
    Cli unchecked =
        Cli.audit(
            photos,
            folder.resolve("unchecked"),
            "--precision",
            "bfloat16",
            "--precision-check",
            0,
            "--precision-limit",
            "map=0");
    assertThat(unchecked.code()).as(unchecked.err()).isZero();
    assertThat(Cli.json(folder.resolve("unchecked/run.json")).has("precisionCheck")).isFalse();
  }

  @Test
  void theSameInputGivesTheSameBytesForAnyParallelism() throws IOException {
    assumeBfloat16();
    Map<String, String> expected = null;
    for (int workers : List.of(1, 2, 4)) {
      Path out = folder.resolve("out" + workers);
      Cli cli =
          Cli.audit(
              photos, out, "--precision", "bfloat16", "--precision-check", 0, "--workers", workers);
      assertThat(cli.code()).as(cli.err()).isZero();
      Map<String, String> files = Cli.files(out);
      files.remove("run.json");
      files.keySet().removeIf(name -> name.startsWith("report/"));
      expected = expected == null ? files : expected;
      assertThat(files).as("%d workers", workers).hasSizeGreaterThan(IMAGES).isEqualTo(expected);
    }
    Path out = folder.resolve("float32");
    assertThat(Cli.audit(photos, out).code()).isZero();
    assertThat(Files.readString(out.resolve("records/part-00000.jsonl")))
        .as("bfloat16 was in effect")
        .isNotEqualTo(expected.get("records/part-00000.jsonl"));
  }

  @Test
  void runsOfDifferentPrecisionAreNotComparedWithoutAWord() throws IOException {
    assumeBfloat16();
    Path exact = folder.resolve("exact");
    Path fast = folder.resolve("fast");
    assertThat(Cli.audit(photos, exact).code()).isZero();
    assertThat(Cli.audit(photos, fast, "--precision", "bfloat16", "--precision-check", 0).code())
        .isZero();
    assertThat(Cli.run("diff", exact, fast).out())
        .contains(
            "Beware: The runs were made with another --precision, float32 and bfloat16: a change may come from that.");
    Path gate =
        Files.writeString(folder.resolve("gate.yaml"), "not-worse-than: {accuracy-drop: 1}\n");
    Cli judged = Cli.run("gate", fast, "--gate", gate, "--baseline", exact);
    assertThat(judged.code()).isEqualTo(7);
    assertThat(judged.err()).contains("precision was float32 and is bfloat16");
  }

  @Test
  void explainTakesAPrecisionToo() throws IOException {
    assumeBfloat16();
    Object[] command = {
      "explain",
      "--model",
      Cli.TINY_MODEL,
      "--output",
      folder.resolve("o"),
      photos.resolve("cat/00.jpg")
    };
    assertThat(Cli.run(command).code()).isZero();
    JsonNode exact = Cli.json(folder.resolve("o/reports/00.jpg.json")).at("/explanations/0/map");
    Object[] fast = java.util.Arrays.copyOf(command, command.length + 2);
    fast[command.length] = "--precision";
    fast[command.length + 1] = "bfloat16";
    assertThat(Cli.run(fast).code()).isZero();
    assertThat(Cli.json(folder.resolve("o/reports/00.jpg.json")).at("/explanations/0/map"))
        .isNotEqualTo(exact);
  }

  @Test
  void nonsenseIsSaidBeforeAnythingIsComputed() {
    Path out = folder.resolve("out");
    for (Object[] wrong :
        List.of(
            new Object[] {"--precision", "float16"},
            new Object[] {"--precision-check", -1},
            new Object[] {"--precision-limit", "speed=1%"})) {
      Cli cli = Cli.audit(photos, out, wrong);
      assertThat(cli.code()).as(cli.err()).isEqualTo(2);
      assertThat(cli.err()).contains(wrong[0].toString());
      assertThat(out).doesNotExist();
    }
  }

  private static void assumeBfloat16() {
    assumeTrue(Bfloat16Support.isHere(), "this processor has no bfloat16");
  }
}
