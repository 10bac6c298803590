package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

class ModelLoadingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void aMissingDirectory() {
    refuses(folder.resolve("none"), "There is no model directory");
  }

  @Test
  void aFileInPlaceOfADirectory() throws IOException {
    refuses(Files.writeString(folder.resolve("file"), "x"), "is a file, not the directory");
  }

  @Test
  void aDirectoryWithoutACard() {
    refuses(folder, "is not an exported model");
  }

  @Test
  void anotherContractVersion() throws IOException {
    refuses(withCard(card -> card.put("contractVersion", 3)), "contract version 3");
  }

  @Test
  void aCardOfTheFirstContractIsOfASquareOfRgbPixels() {
    ModelCard card = ModelCard.read(ExplainableModelTest.TINY);
    assertThat(card.contractVersion()).isEqualTo(2);
    assertThat(card.input().height()).isEqualTo(32);
    assertThat(card.input().width()).isEqualTo(32);
    assertThat(card.input().channels()).isEqualTo(3);
    assertThat(card.decision()).isEqualTo(new ModelCard.Decision(ModelKind.SINGLE_LABEL, null));
  }

  @Test
  void aCropOfTheFirstContractHasOneNumber() throws IOException {
    Path model =
        withCard(
            card ->
                ((ObjectNode) card.get("input"))
                    .putObject("geometry")
                    .put("kind", "crop")
                    .put("resize", 36));
    assertThat(ModelCard.read(model).input().geometry().resize())
        .isEqualTo(new Geometry.Resize(36, 36));
  }

  @Test
  void aMultiLabelModelWithoutAThreshold() throws IOException {
    refuses(
        withCard(
            card -> {
              card.put("contractVersion", 2);
              ObjectNode input = (ObjectNode) card.get("input");
              input.remove("size");
              input.put("height", 32).put("width", 32).put("channels", 3);
              card.putObject("decision").put("kind", "multi-label");
            }),
        "a multi-label model, and no other, has a threshold between 0 and 1");
  }

  @Test
  void anUnknownField() throws IOException {
    refuses(withCard(card -> card.put("mood", "good")), "\"mood\" is unknown");
  }

  @Test
  void aMissingField() throws IOException {
    refuses(withCard(card -> card.remove("defaultLayer")), "defaultLayer");
  }

  @Test
  void aCardThatIsNotJson() throws IOException {
    Path model = copy();
    Files.writeString(model.resolve(ModelCard.FILE), "{\n nonsense");
    refuses(model, "is not JSON (line 2)");
  }

  @Test
  void labelsThatDoNotMatchTheClasses() throws IOException {
    refuses(withCard(card -> card.withArray("labels").remove(2)), "2 labels for 3 classes");
  }

  @Test
  void moreClassesThanLogits() throws IOException {
    refuses(
        withCard(
            card -> {
              card.put("classes", 4);
              card.withArray("labels")
                  .addObject()
                  .put("index", 3)
                  .put("id", "x")
                  .putArray("names")
                  .add("x");
              card.putObject("head").put("kind", "other");
            }),
        "gives 3 logits");
  }

  @Test
  void aLayerThatTheGraphDoesNotHave() throws IOException {
    refuses(
        withCard(
            card ->
                card.withArray("layers")
                    .addObject()
                    .put("name", "ghost")
                    .put("height", 1)
                    .put("width", 1)
                    .put("channels", 1)),
        "no output \"map/ghost\"");
  }

  @Test
  void aDefaultLayerThatWasNotExported() throws IOException {
    refuses(withCard(card -> card.put("defaultLayer", "ghost")), "default layer ghost");
  }

  @Test
  void aMissingGraph() throws IOException {
    Path model = copy();
    Files.delete(model.resolve("saved_model.pb"));
    refuses(model, "is not a SavedModel");
  }

  @Test
  void aDamagedGraph() throws IOException {
    Path model = copy();
    Files.write(model.resolve("saved_model.pb"), new byte[] {1, 2, 3, 4, 5});
    refuses(model, "cannot be loaded as a SavedModel");
  }

  @Test
  void aMissingSignature() throws IOException {
    Path model = copy();
    Path graph = model.resolve("saved_model.pb");
    SavedModel saved = SavedModel.parseFrom(Files.readAllBytes(graph));
    MetaGraphDef.Builder meta = saved.getMetaGraphs(0).toBuilder().removeSignatureDef("preprocess");
    Files.write(graph, saved.toBuilder().setMetaGraphs(0, meta).build().toByteArray());
    refuses(model, "no signature \"preprocess\"");
  }

  @Test
  void aMissingInput() throws IOException {
    Path model = copy();
    Path graph = model.resolve("saved_model.pb");
    SavedModel saved = SavedModel.parseFrom(Files.readAllBytes(graph));
    MetaGraphDef meta = saved.getMetaGraphs(0);
    SignatureDef gradcam =
        meta.getSignatureDefOrThrow("gradcam").toBuilder().removeInputs("targets").build();
    MetaGraphDef changed = meta.toBuilder().putSignatureDef("gradcam", gradcam).build();
    Files.write(graph, saved.toBuilder().setMetaGraphs(0, changed).build().toByteArray());
    refuses(model, "no input \"targets\"");
  }

  private static void refuses(Path model, String sentence) {
    assertThatThrownBy(() -> ExplainableModel.load(model, new SessionSettings(1, 1, 1)).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("\n");
  }

  private Path withCard(Consumer<ObjectNode> change) throws IOException {
    Path model = copy();
    Path file = model.resolve(ModelCard.FILE);
    ObjectNode card = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(card);
    JSON.writeValue(file.toFile(), card);
    return model;
  }

  private Path copy() throws IOException {
    Path model = folder.resolve("model");
    Files.createDirectories(model.resolve("assets.extra"));
    for (String file : new String[] {"saved_model.pb", ModelCard.FILE}) {
      Files.copy(ExplainableModelTest.TINY.resolve(file), model.resolve(file));
    }
    return model;
  }
}
