package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever a path can be given, one that exists is that path, though its characters could be those
 * of a pattern; and a run tells on the terminal and in {@code run.json} what it took labels for.
 */
class OddPathsTest {
  @TempDir Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    photos = folder.resolve("in [1] {a}*");
    TestPictures.write(photos.resolve("003.Fish/x[1].jpg"), 40, 30, 1);
    TestPictures.write(photos.resolve("dog/day {2}/y.jpg"), 40, 30, 2);
    model = folder.resolve("model [b] {c}");
    copy(Path.of(Cli.TINY_MODEL), model);
  }

  @Test
  void aPathThatExistsIsNoPatternInAnyOption() throws IOException {
    Path regions = Files.createDirectories(folder.resolve("regions [r] {s}"));
    Files.writeString(
        regions.resolve("x[1].xml"),
        "<annotation><size><width>40</width><height>30</height></size><object><name>poisson</name>"
            + "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>20</xmax><ymax>30</ymax></bndbox></object></annotation>");
    Path mapping = Files.writeString(folder.resolve("map [m] {n}.yaml"), "poisson: fish\n");
    Path gate = Files.writeString(folder.resolve("gate [g] {h}.yaml"), "accuracy: {minimum: 0}\n");
    Path config =
        Files.writeString(
            folder.resolve("config [c] {d}.yaml"), "model: '" + model + "'\nparquet: false\n");
    Path out = folder.resolve("out [o] {p}");
    Cli cli =
        Cli.run(
            "audit",
            "--config",
            config,
            "--input",
            photos,
            "--output",
            out,
            "--regions",
            regions,
            "--region-mapping",
            mapping,
            "--gate",
            gate);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Gate: no rule of 1 violated");
    assertThat(Cli.records(out)).hasSize(2);
    assertThat(Cli.json(out.resolve("classes.json")).at("/dataset/images").asInt()).isEqualTo(2);
    JsonNode fish = Cli.records(out).get(0);
    assertThat(fish.at("/label/name").asText()).isEqualTo("fish");
    assertThat(fish.at("/explanations/0/region").isMissingNode()).as("the box counts").isFalse();
    assertThat(out.resolve("report/images/2-0.jpg")).as("the photograph on the page").exists();

    assertThat(Cli.run("gate", out, "--gate", gate).code()).isZero();
    assertThat(Cli.run("report", out).code()).isZero();
    Path diff = folder.resolve("diff [d]");
    assertThat(Cli.run("diff", out, out, "--output", diff).code()).isZero();
    assertThat(diff.resolve("diff.json")).exists();
  }

  @Test
  void oneImageListsAndPatternsBelowSuchFolders() throws IOException {
    Path explained = folder.resolve("explained [e]");
    Path photo = photos.resolve("003.Fish/x[1].jpg");
    assertThat(Cli.run("explain", "--model", model, "--output", explained, photo).code()).isZero();
    assertThat(explained.resolve("reports/x[1].jpg.json")).exists();
    Files.writeString(photos.resolve("list [l].txt"), "003.Fish/x[1].jpg dog\n");
    for (String input : new String[] {"**.jpg", "list [l].txt", "003.Fish/x[1].jpg"}) {
      Path out = folder.resolve("out " + input.length() + " [o]");
      Cli cli = Cli.audit(photos.resolve(input), out, "--no-page", "--no-parquet");
      assertThat(cli.code()).as(cli.err()).isZero();
      assertThat(Cli.records(out)).hasSize(input.equals("**.jpg") ? 2 : 1);
    }
  }

  @Test
  void whatLabelsWereTakenForIsSaid() throws IOException {
    Files.writeString(photos.resolve("notes.md"), "x");
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(photos, out, "--no-page", "--no-parquet");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode run = Cli.json(out.resolve("run.json"));
    assertThat(run.at("/labels/labelled").asInt()).isEqualTo(2);
    assertThat(run.at("/labels/notes").toString())
        .contains("\\\"003.Fish\\\" for fish (1 image)")
        .contains("\\\"dog/day {2}\\\" for dog (1 image)");
    assertThat(run.at("/input/notes").toString()).contains("left out: 1 .md");
    assertThat(cli.err())
        .contains("camaudit: input: Files and folders left out: 1 .md.")
        .contains("camaudit: labels: Labels taken for a class with an id or a number");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
