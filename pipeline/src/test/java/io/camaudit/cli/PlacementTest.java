package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.TestPictures;
import io.camaudit.savedmodel.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    JsonNode resized = audited("resized", boxes);
    JsonNode placed = audited("placed", boxes, "--placement", "receptive-field");
    assertThat(placed.at("/map")).isEqualTo(resized.at("/map"));
    assertThat(placed.at("/region/areaShare").asDouble()).isEqualTo(0.25);
    // What lies below and right of the last centres has the outermost cells' values, no other.
    assertThat(placed.at("/region/energyShare").asDouble())
        .isNotEqualTo(resized.at("/region/energyShare").asDouble());
    assertThat(placed.at("/region/pointingHit").asBoolean()).as("every cell looks there").isTrue();
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
  void aPlacementThatIsNotKnownNamesThoseThatAre() {
    Cli cli = Cli.audit(photos, folder.resolve("o"), "--placement", "middle");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("there is no 'middle'; say resize or receptive-field");
  }

  private JsonNode audited(String name, Path boxes, String... more) throws IOException {
    List<Object> args =
        new ArrayList<>(List.of("audit", "--model", model, "--batch-size", 4, "--target", "cat"));
    args.addAll(List.of("--regions", "manifest", "--input", boxes));
    args.addAll(List.of("--output", folder.resolve(name)));
    args.addAll(List.of(more));
    Cli cli = Cli.run(args.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    return Cli.records(folder.resolve(name)).get(0).at("/explanations/0");
  }

  private JsonNode options(String name) throws IOException {
    return Cli.json(folder.resolve(name).resolve("run.json")).get("options");
  }

  private static String overlay(JsonNode explanation) {
    return explanation.get("overlay").asText();
  }
}
