package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.TestPictures;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import io.camaudit.savedmodel.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maps laid where their cells look: in pictures, in what regions hold, and in the run's settings.
 */
final class PlacementTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void photographsAndAModelWithCentres() throws IOException {
    photos = folder.resolve("photos");
    TestPictures.write(photos.resolve("cat/p.png"), 64, 64, 1);
    model = folder.resolve("model");
    Files.createDirectories(model.resolve("assets.extra"));
    Path tiny = Path.of(Cli.TINY_MODEL);
    Files.copy(tiny.resolve("saved_model.pb"), model.resolve("saved_model.pb"));
    ObjectNode card = (ObjectNode) JSON.readTree(Files.readAllBytes(tiny.resolve(ModelCard.FILE)));
    for (JsonNode layer : card.get("layers")) {
      ObjectNode centers = ((ObjectNode) layer).putObject("centers");
      // All cells look at the upper left quarter of the 32 x 32 pixels.
      for (String axis : List.of("y", "x")) {
        int cells = layer.get("height").asInt();
        var places = centers.putArray(axis);
        for (int i = 0; i < cells; i++) {
          places.add(16.0 * (i + 0.5) / cells);
        }
      }
    }
    Files.write(model.resolve(ModelCard.FILE), JSON.writeValueAsBytes(card));
  }

  @Test
  void anAuditMeasuresAndDrawsWhereCellsLook() throws IOException {
    Path boxes = photos.resolve("boxes.csv");
    Files.writeString(boxes, "image,label,x,y,width,height\ncat/p.png,cat,0,0,32,32\n");
    JsonNode resized = audited("resized", boxes, "--placement", "resize");
    JsonNode placed = audited("placed", boxes);
    assertThat(placed.at("/map")).isEqualTo(resized.at("/map"));
    assertThat(placed.at("/region/areaShare").asDouble()).isEqualTo(0.25);
    // What lies below and right of the last centres has the outermost cells' values, no other.
    assertThat(placed.at("/region/energyShare").asDouble())
        .isNotEqualTo(resized.at("/region/energyShare").asDouble());
    assertThat(placed.at("/region/pointingHit").asBoolean()).as("every cell looks there").isTrue();
    JsonNode there = placed.get("attention");
    JsonNode evenly = resized.get("attention");
    for (String cells : List.of("entropy", "gini", "effectiveArea")) {
      assertThat(there.get(cells)).as(cells).isEqualTo(evenly.get(cells));
    }
    for (String place : List.of("centreX", "centreY", "dispersion", "peakX", "peakY")) {
      assertThat(there.get(place).asDouble())
          .as(place + ", half as far from the upper left corner")
          .isCloseTo(evenly.get(place).asDouble() / 2, within(1e-12));
    }
    assertThat(there.get("borderShare").asDouble())
        .isNotEqualTo(evenly.get("borderShare").asDouble());
    assertThat(meanMap("placed")).contains("\"x\":[", "\"y\":[");
    assertThat(meanMap("resized")).doesNotContain("\"x\":[");
    assertThat(options("placed").get("placement").asText()).isEqualTo("receptive-field");
    assertThat(options("resized").get("placement").asText()).isEqualTo("resize");
    JsonNode cells =
        Cli.json(folder.resolve("placed/run.json")).at("/model/cellCenters/block2_out");
    assertThat(cells.at("/x/0").asDouble()).isEqualTo(1);
    assertThat(Cli.json(folder.resolve("resized/run.json")).get("model").has("cellCenters"))
        .isFalse();
    byte[] drawn = Files.readAllBytes(folder.resolve("placed").resolve(overlay(placed)));
    byte[] before = Files.readAllBytes(folder.resolve("resized").resolve(overlay(resized)));
    assertThat(Arrays.equals(drawn, before)).isFalse();
    Cli diff = Cli.run("diff", folder.resolve("resized"), folder.resolve("placed"));
    assertThat(diff.out() + diff.err()).contains("another --placement, resize and receptive-field");
  }

  @Test
  void nothingIsTakenOverFromARunOfAnotherPlacement() throws IOException {
    Path boxes = photos.resolve("boxes.csv");
    Files.writeString(boxes, "image,label,x,y,width,height\ncat/p.png,cat,0,0,32,32\n");
    audited("before", boxes, "--placement", "resize");
    Cli cli = audit("after", boxes, "--since", folder.resolve("before"));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("nothing is taken over from", "--placement");
    assertThat(Cli.json(folder.resolve("after/run.json")).at("/since/takenOver").asInt()).isZero();
  }

  @Test
  void runsAreComparedByWhereTheirMapsWereLaidAndNotByWhatWasAskedFor() throws IOException {
    Path boxes = photos.resolve("boxes.csv");
    Files.writeString(boxes, "image,label,x,y,width,height\ncat/p.png,cat,0,0,32,32\n");
    audited("before", boxes);
    for (String asked : List.of("default", "receptive-field")) {
      Cli cli = audit(asked, boxes, "--placement", asked, "--since", folder.resolve("before"));
      assertThat(cli.code()).as(cli.err()).isZero();
      assertThat(cli.err()).contains("taking over 1 of 1 images");
      assertThat(options(asked).get("placement").asText()).isEqualTo("receptive-field");
      Cli diff = Cli.run("diff", folder.resolve("before"), folder.resolve(asked));
      assertThat(diff.out() + diff.err()).doesNotContain("--placement");
    }
  }

  @Test
  void pipelinesOfOthersLayMapsAsAuditsDo() throws IOException {
    Path boxes = photos.resolve("boxes.csv");
    Files.writeString(boxes, "image,label,x,y,width,height\ncat/p.png,cat,0,0,32,32\n");
    JsonNode audited = audited("placed", boxes);
    ExplainSettings settings = ExplainSettings.of(model.toString()).withTargets(List.of("cat"));
    ImageRef image = ImageRef.of(photos.resolve("cat/p.png").toString());
    try (ImageExplainer explainer = ImageExplainer.open(settings)) {
      ImageReport report = explainer.explain(List.of(image)).reports().get(0);
      assertThat(report.first().attention().peakX())
          .isEqualTo(audited.at("/attention/peakX").asDouble());
    }
  }

  @Test
  void rawMapsAreTheSameAndSayWhereTheirCellsLie() throws IOException {
    for (String name : List.of("resize", "receptive-field")) {
      assertThat(explain(name, "--raw", "--placement", name).code()).isZero();
    }
    JsonNode even = Cli.json(folder.resolve("resize/raw/cells.json"));
    JsonNode laid = Cli.json(folder.resolve("receptive-field/raw/cells.json"));
    assertThat(even.get("placement").asText()).isEqualTo("resize");
    assertThat(laid.get("placement").asText()).isEqualTo("receptive-field");
    assertThat(laid.get("inputWidth").asInt()).isEqualTo(32);
    JsonNode edges = even.at("/layers/block2_out/x");
    assertThat(edges).hasSize(9);
    for (int i = 0; i < 9; i++) {
      assertThat(edges.get(i).asDouble()).isEqualTo(4 * i);
      double expected = i == 8 ? 32 : 2 * i;
      assertThat(laid.at("/layers/block2_out/x/" + i).asDouble()).isEqualTo(expected);
    }
    Map<String, String> maps = Cli.files(folder.resolve("resize/raw"));
    Map<String, String> others = Cli.files(folder.resolve("receptive-field/raw"));
    maps.remove("cells.json");
    others.remove("cells.json");
    assertThat(maps).isNotEmpty().isEqualTo(others);
  }

  @Test
  void profilesOfOthersResizeUnlessToldOtherwise() {
    Cli told = explain("told", "--profile", "keras-io", "--placement", "receptive-field");
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.err())
        .contains(
            "--placement receptive-field goes before the profile keras-io, which has resize.");
    for (String profile : List.of("keras-io", "pytorch-grad-cam", "torchvision", "paper")) {
      Cli cli = explain(profile, "--profile", profile, "--raw");
      assertThat(cli.err()).doesNotContain("goes before");
      assertThat(folder.resolve(profile + "/raw/cells.json"))
          .content()
          .contains("\"placement\" : \"resize\"");
    }
  }

  @Test
  void oneLayerThatDoesNotSayWhereItLooksHasAllMapsOfARunResized() throws IOException {
    forgetCentresOfTheDefaultLayer();
    Path boxes = photos.resolve("boxes.csv");
    Files.writeString(boxes, "image,label,x,y,width,height\ncat/p.png,cat,0,0,32,32\n");
    audited("one", boxes, "--layers", "block1_out");
    assertThat(options("one").get("placement").asText()).isEqualTo("receptive-field");
    JsonNode centers = Cli.json(folder.resolve("one/run.json")).at("/model/cellCenters");
    assertThat(centers.fieldNames()).toIterable().containsExactly("block1_out");
    audited("channels", boxes, "--layers", "block1_out", "--channels");
    audited("all", boxes, "--layers", "all");
    for (String name : List.of("channels", "all")) {
      assertThat(options(name).get("placement").asText()).as(name).isEqualTo("resize");
      assertThat(Cli.json(folder.resolve(name).resolve("run.json")).get("model").has("cellCenters"))
          .isFalse();
    }
  }

  @Test
  void channelsOfALayerThatDoesNotSayWhereItLooksAreRefused() throws IOException {
    forgetCentresOfTheDefaultLayer();
    String[] placed = {"--placement", "receptive-field", "--layers", "block1_out"};
    Path boxes = photos.resolve("boxes.csv");
    Files.writeString(boxes, "image,label,x,y,width,height\ncat/p.png,cat,0,0,32,32\n");
    assertThat(audit("without", boxes, placed).code()).isZero();
    String[] channels = Arrays.copyOf(placed, 5);
    channels[4] = "--channels";
    Cli cli = audit("with", boxes, channels);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("does not say where the cells of layer block2_out look");
  }

  @Test
  void cellsThatLookBeyondTheInputAreNoCells() throws IOException {
    Path file = model.resolve(ModelCard.FILE);
    String card = Files.readString(file);
    Files.writeString(file, card.replace("\"y\":[1.0,", "\"y\":[-1.0,"));
    Cli cli = explain("o");
    assertThat(cli.code()).isEqualTo(3);
    assertThat(cli.err()).contains("look beyond the input; export the model again.");
  }

  @Test
  void aModelThatDoesNotSayWhereItLooksIsRefused() {
    Cli cli =
        Cli.run(
            "explain",
            "--model",
            Cli.TINY_MODEL,
            "--output",
            folder.resolve("o"),
            "--placement",
            "receptive-field",
            photos.resolve("cat/p.png"));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err().lines())
        .singleElement()
        .asString()
        .contains("does not say where the cells of layer block2_out look");
    assertThat(folder.resolve("o")).doesNotExist();
  }

  @Test
  void mapsOfAModelThatDoesNotSayWhereItLooksAreResized() throws IOException {
    assertThat(Cli.audit(photos, folder.resolve("o")).code()).isZero();
    JsonNode run = Cli.json(folder.resolve("o/run.json"));
    assertThat(run.at("/options/placement").asText()).isEqualTo("resize");
    assertThat(run.get("model").has("cellCenters")).isFalse();
  }

  @Test
  void aPlacementThatIsNotKnownNamesThoseThatAre() {
    Cli cli = Cli.audit(photos, folder.resolve("o"), "--placement", "middle");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("there is no 'middle'; say resize, receptive-field or default");
  }

  private void forgetCentresOfTheDefaultLayer() throws IOException {
    Path file = model.resolve(ModelCard.FILE);
    ObjectNode card = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    for (JsonNode layer : card.get("layers")) {
      if (layer.get("name").equals(card.get("defaultLayer"))) {
        ((ObjectNode) layer).remove("centers");
      }
    }
    Files.write(file, JSON.writeValueAsBytes(card));
  }

  private Cli explain(String name, String... more) {
    List<Object> args =
        new ArrayList<>(List.of("explain", "--model", model, "--output", folder.resolve(name)));
    args.addAll(List.of(more));
    args.add(photos.resolve("cat/p.png"));
    return Cli.run(args.toArray());
  }

  private Cli audit(String name, Path boxes, Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("audit", "--model", model, "--batch-size", 4, "--target", "cat"));
    args.addAll(List.of("--regions", "manifest", "--input", boxes));
    args.addAll(List.of("--output", folder.resolve(name)));
    args.addAll(List.of(more));
    return Cli.run(args.toArray());
  }

  private JsonNode audited(String name, Path boxes, String... more) throws IOException {
    Cli cli = audit(name, boxes, (Object[]) more);
    assertThat(cli.code()).as(cli.err()).isZero();
    return Cli.records(folder.resolve(name)).get(0).at("/explanations/0");
  }

  /** The mean map of the page's only class, as text. */
  private String meanMap(String name) throws IOException {
    Map<String, String> files = Cli.files(folder.resolve(name).resolve("report/data"));
    files.remove("site.js");
    assertThat(files).hasSize(1);
    String page = files.values().iterator().next();
    int from = page.indexOf("\"mean\":{");
    assertThat(from).isPositive();
    return page.substring(from, page.indexOf('}', from));
  }

  private JsonNode options(String name) throws IOException {
    return Cli.json(folder.resolve(name).resolve("run.json")).get("options");
  }

  private static String overlay(JsonNode explanation) {
    return explanation.get("overlay").asText();
  }
}
