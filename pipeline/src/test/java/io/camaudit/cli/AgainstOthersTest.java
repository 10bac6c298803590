package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import io.camaudit.savedmodel.ModelCard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class explained rather than another, and where every class would look. */
final class AgainstOthersTest {
  private static final String TRANSFORMER = "../savedmodel/src/test/resources/transformer-model";
  private static final String MULTI_LABEL = "../savedmodel/src/test/resources/multi-label-model";
  private static final ModelCard CARD = ModelCard.read(Path.of(Cli.TINY_MODEL));

  @TempDir Path folder;
  private Path photo;

  @BeforeEach
  void photographs() throws IOException {
    photo = TestPictures.write(folder.resolve("photos/cat/p.png"), 90, 60, 1);
    TestPictures.write(folder.resolve("photos/dog/q.png"), 50, 70, 2);
  }

  @Test
  void theMapIsTheDifferenceOfBothAndEverythingSaysSo() throws IOException {
    Path out = folder.resolve("out");
    Cli cli = explain(out, "--target", "cat", "--versus", "dog", "--raw");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("cat rather than dog, " + CARD.defaultLayer());
    String name = "p.png.gradcam-" + CARD.defaultLayer() + "-0-versus-1";
    assertThat(out.resolve("overlays/" + name + ".jpg")).isNotEmptyFile();
    assertThat(out.resolve("raw/" + name + ".npy")).isNotEmptyFile();
    JsonNode explanation = Cli.json(out.resolve("reports/p.png.json")).at("/explanations/0");
    assertThat(explanation.at("/target/name").asText()).isEqualTo("cat");
    assertThat(explanation.at("/versus/name").asText()).isEqualTo("dog");

    Path apart = folder.resolve("apart");
    assertThat(explain(apart, "--target", "cat", "--target", "dog").code()).isZero();
    JsonNode both = Cli.json(apart.resolve("reports/p.png.json")).get("explanations");
    assertThat(both.get(0).has("versus")).isFalse();
    assertThat(explanation.get("score").asDouble())
        .isCloseTo(
            both.get(0).get("score").asDouble() - both.get(1).get("score").asDouble(),
            within(1e-5));
    List<Double> cat = cells(both.get(0));
    List<Double> dog = cells(both.get(1));
    List<Double> difference = cells(explanation);
    for (int i = 0; i < cat.size(); i++) {
      assertThat(difference.get(i)).isCloseTo(cat.get(i) - dog.get(i), within(2e-5));
    }
  }

  @Test
  void nextIsTheLikeliestOtherClassOfEachImageInAnAuditToo() throws IOException {
    Path out = folder.resolve("audit");
    Cli cli =
        Cli.audit(
            folder.resolve("photos"), out, "--targets", "label,predicted", "--versus", "next");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode options = Cli.json(out.resolve("run.json")).get("options");
    assertThat(options.get("versus").asText()).isEqualTo("next");
    assertThat(options.get("judged-map").asText()).startsWith("label rather than next at ");
    List<JsonNode> records = Cli.records(out);
    assertThat(records).hasSize(2);
    for (JsonNode record : records) {
      JsonNode predictions = record.get("predictions");
      for (JsonNode explanation : record.get("explanations")) {
        int target = explanation.at("/target/index").asInt();
        int first = predictions.get(0).get("index").asInt();
        int next = target == first ? predictions.get(1).get("index").asInt() : first;
        assertThat(explanation.at("/versus/index").asInt()).isEqualTo(next);
      }
    }
    assertThat(Files.readString(out.resolve("report/data/class-0.js"))).contains("rather than");
  }

  @Test
  void multiLabelModelsAndTransformersTakeItToo() throws IOException {
    for (String model : List.of(MULTI_LABEL, TRANSFORMER)) {
      Path out = folder.resolve("of-" + Path.of(model).getFileName());
      Cli cli =
          Cli.run(
              "explain",
              "--model",
              model,
              "--output",
              out,
              "--targets",
              "top:3",
              "--versus",
              "next",
              photo);
      assertThat(cli.code()).as(cli.err()).isZero();
      JsonNode report = Cli.json(out.resolve("reports/p.png.json"));
      assertThat(report.get("explanations")).hasSize(3);
      for (JsonNode each : report.get("explanations")) {
        assertThat(each.get("versus")).isNotNull().isNotEqualTo(each.get("target"));
      }
    }
  }

  @Test
  void aTargetThatIsTheOtherClassHasAnEmptyMapAndSaysWhy() throws IOException {
    Path out = folder.resolve("same");
    explain(folder.resolve("first"));
    JsonNode first = Cli.json(folder.resolve("first/reports/p.png.json"));
    String predicted = first.at("/predictions/0/name").asText();
    assertThat(explain(out, "--targets", "predicted", "--versus", predicted).code()).isZero();
    JsonNode report = Cli.json(out.resolve("reports/p.png.json"));
    assertThat(report.get("status").asText()).isEqualTo("EMPTY_MAP");
    assertThat(report.get("reason").asText())
        .contains("speaks for class " + predicted + " rather than " + predicted);
  }

  @Test
  void allClassesAreOneArrayALayerAndTheLikeliestASheet() throws IOException {
    Path out = folder.resolve("all");
    Cli cli = explain(out, "--all-classes", "--layers", "all");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("the maps of all 3 classes").contains("the 3 likeliest");
    JsonNode report = Cli.json(out.resolve("reports/p.png.json"));
    assertThat(report.get("explanations")).hasSize(3 * CARD.layers().size());
    for (ModelCard.Layer layer : CARD.layers()) {
      String start = "p.png.gradcam-" + layer.name();
      assertThat(out.resolve("overlays/" + start + "-side-by-side.jpg")).isNotEmptyFile();
      ByteBuffer values = values(out.resolve("raw/" + start + "-all.npy"), layer);
      for (JsonNode each : report.get("explanations")) {
        if (each.get("layer").asText().equals(layer.name())) {
          int at = each.at("/target/index").asInt() * layer.height() * layer.width();
          for (double cell : cells(each)) {
            assertThat((double) values.getFloat(Float.BYTES * at++)).isCloseTo(cell, within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void allClassesRatherThanOneAndWithTargetsOfOnesOwn() throws IOException {
    Path out = folder.resolve("rather");
    Cli cli =
        explain(out, "--all-classes", "--versus", "dog", "--target", "fish", "--style", "heatmap");
    assertThat(cli.code()).as(cli.err()).isZero();
    ModelCard.Layer layer = CARD.layer(CARD.defaultLayer());
    String start = "p.png.gradcam-" + layer.name();
    assertThat(out.resolve("overlays/" + start + "-2-versus-1-heatmap.jpg")).isNotEmptyFile();
    ByteBuffer values = values(out.resolve("raw/" + start + "-all-versus-1.npy"), layer);
    int cells = layer.height() * layer.width();
    for (int i = 0; i < cells; i++) {
      assertThat(values.getFloat(Float.BYTES * (cells + i))).isZero();
    }
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingIsRead() {
    refused("The model has no class \"cow\"", "--versus", "cow");
    refused("cat is a target too", "--target", "cat", "--versus", "house cat");
    String same = "maps of the method attention are the same for every class";
    refused(same, "--model", TRANSFORMER, "--method", "attention", "--versus", "dog");
    refused(same, "--model", TRANSFORMER, "--method", "attention", "--all-classes");
  }

  private void refused(String sentence, Object... options) {
    Path out = folder.resolve("refused");
    Cli cli = explain(out, options);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  private Cli explain(Path out, Object... options) {
    List<Object> args = new ArrayList<>(List.of("explain", "--output", out));
    args.addAll(List.of(options));
    if (!args.contains("--model")) {
      args.addAll(List.of("--model", Cli.TINY_MODEL));
    }
    args.add(photo);
    return Cli.run(args.toArray());
  }

  /** The numbers of a NumPy file, whose shape is checked. */
  private static ByteBuffer values(Path file, ModelCard.Layer layer) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String shape =
        String.format(
            Locale.ROOT, "'shape': (%d, %d, %d)", CARD.classes(), layer.height(), layer.width());
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains(shape);
    int length = Float.BYTES * CARD.classes() * layer.height() * layer.width();
    return ByteBuffer.wrap(bytes, bytes.length - length, length)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Double> cells(JsonNode explanation) {
    List<Double> cells = new ArrayList<>();
    explanation.at("/map/values").forEach(row -> row.forEach(cell -> cells.add(cell.asDouble())));
    return cells;
  }
}
