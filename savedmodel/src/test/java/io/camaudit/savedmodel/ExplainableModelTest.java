package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExplainableModelTest {
  static final Path TINY = Path.of("src/test/resources/tiny-model");
  static final Path MULTI_LABEL = Path.of("src/test/resources/multi-label-model");
  private static final Path TRANSFORMER = Path.of("src/test/resources/transformer-model");
  private static final String LAYER = "block2_out";
  private static final List<String> LAYERS = List.of(LAYER);

  private static ExplainableModel model;

  @BeforeAll
  static void load() {
    model = ExplainableModel.load(TINY, new SessionSettings(1, 4, 4));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void theDocumentedChecksPassOnTheTinyModel() {
    List<ModelCheck.Finding> findings = ModelCheck.run(model);
    assertThat(findings).hasSize(4).allMatch(ModelCheck.Finding::passed);
  }

  @Test
  void theDocumentedChecksPassOnAGreyMultiLabelModelThatIsNotSquare() {
    try (ExplainableModel other =
        ExplainableModel.load(MULTI_LABEL, new SessionSettings(1, 1, 2))) {
      assertThat(other.card().input().width()).isEqualTo(40);
      assertThat(other.card().input().height()).isEqualTo(24);
      assertThat(other.card().input().channels()).isEqualTo(1);
      assertThat(other.card().decision())
          .isEqualTo(new ModelCard.Decision(ModelKind.MULTI_LABEL, 0.5));
      assertThat(ModelCheck.run(other)).hasSize(4).allMatch(ModelCheck.Finding::passed);
    }
  }

  @Test
  void ranksFollowTheLogitsAndScoresAreTheTargetsLogits() {
    try (InputBatch batch = model.newBatch()) {
      fill(batch, 0, 1);
      BatchExplanation answer =
          model.explain(
              batch, 1, new int[] {0, 0, 0, 0}, new int[] {-1, -2, -3, 2}, "gradcam", LAYERS);
      float[] logits = answer.logits(0);
      assertThat(logits[answer.target(0)]).isGreaterThanOrEqualTo(logits[answer.target(1)]);
      assertThat(logits[answer.target(1)]).isGreaterThanOrEqualTo(logits[answer.target(2)]);
      assertThat(answer.target(3)).isEqualTo(2);
      for (int pair = 0; pair < 4; pair++) {
        assertThat(answer.score(pair)).isEqualTo(logits[answer.target(pair)]);
      }
    }
  }

  @Test
  void theMapsOfAllLayersComeInTheirOwnShapes() {
    try (InputBatch batch = model.newBatch()) {
      fill(batch, 0, 1);
      BatchExplanation answer =
          model.explain(
              batch, 1, new int[] {0}, new int[] {0}, "gradcam", List.of("block1_out", LAYER));
      assertThat(answer.map(0, "block1_out")).hasSize(16 * 16);
      assertThat(answer.map(0, LAYER)).hasSize(8 * 8);
    }
  }

  @Test
  void theSumOfTheMapIsTheLogitWithoutItsBias() {
    try (InputBatch batch = model.newBatch()) {
      fill(batch, 0, 9);
      BatchExplanation answer =
          model.explain(batch, 1, new int[] {0, 0, 0}, new int[] {0, 1, 2}, "gradcam", LAYERS);
      for (int k = 0; k < 3; k++) {
        double sum = 0;
        for (float value : answer.map(k, LAYER)) {
          sum += value;
        }
        assertThat(sum).isCloseTo(answer.score(k) - model.card().head().bias()[k], within(1e-5));
      }
    }
  }

  @Test
  void aClassRatherThanAnotherIsTheDifferenceOfTheirMapsWhereMapsAreLinear() {
    assertMapsSubtract(model, "gradcam");
    try (ExplainableModel transformer =
        ExplainableModel.load(TRANSFORMER, new SessionSettings(1, 1, 2))) {
      for (String method : List.of("gradcam", "hirescam", "xgradcam")) {
        assertMapsSubtract(transformer, method);
      }
    }
  }

  private static void assertMapsSubtract(ExplainableModel of, String method) {
    List<String> layers = of.card().layerNames();
    int[] images = {0, 1, 1};
    int[] targets = {0, 2, 1};
    int[] others = {2, 0, 1};
    try (InputBatch batch = of.newBatch()) {
      fill(of, batch, 0, 21);
      fill(of, batch, 1, 22);
      BatchExplanation target = of.explain(batch, 2, images, targets, method, layers);
      BatchExplanation other = of.explain(batch, 2, images, others, method, layers);
      BatchExplanation both = of.explain(batch, 2, images, targets, others, method, layers);
      for (int m = 0; m < 3; m++) {
        assertThat(both.target(m)).isEqualTo(targets[m]);
        assertThat(both.versus(m)).isEqualTo(others[m]);
        assertThat(target.versus(m)).isNull();
        float[] logits = target.logits(images[m]);
        assertThat(both.score(m)).isEqualTo(logits[targets[m]] - logits[others[m]]);
        for (String layer : layers) {
          float[] map = both.map(m, layer);
          float[] a = target.map(m, layer);
          float[] b = other.map(m, layer);
          for (int i = 0; i < map.length; i++) {
            assertThat(map[i]).as("%s of %s", layer, method).isCloseTo(a[i] - b[i], within(2e-5f));
          }
        }
      }
    }
  }

  @Test
  void aClassRatherThanAnotherIsTheFormulaOfTheDifferenceOfGradients() {
    String layer = "block1_attention";
    try (ExplainableModel transformer =
            ExplainableModel.load(TRANSFORMER, new SessionSettings(1, 1, 2));
        InputBatch batch = transformer.newBatch()) {
      fill(transformer, batch, 0, 31);
      int[] image = {0};
      int[] target = {1};
      int[] versus = {2};
      LayerGradients a = transformer.gradients(batch, 1, image, target, layer);
      LayerGradients b = transformer.gradients(batch, 1, image, versus, layer);
      float[] map =
          transformer
              .explain(batch, 1, image, target, versus, "layercam", List.of(layer))
              .map(0, layer);
      double most = 0;
      for (int cell = 0; cell < map.length; cell++) {
        double expected = 0;
        for (int k = 0; k < a.channels(); k++) {
          int at = cell * a.channels() + k;
          double gradient = (double) a.gradients()[at] - b.gradients()[at];
          expected += Math.max(0, gradient) * a.activations()[at];
        }
        assertThat((double) map[cell]).isCloseTo(expected, within(1e-5));
        most = Math.max(most, Math.abs(expected));
      }
      assertThat(most).isGreaterThan(1e-3);
      float[] logits = transformer.logits(batch, 1).logits(0);
      float[] explained =
          transformer.explain(batch, 1, image, target, "gradcam", List.of(layer)).logits(0);
      assertThat(logits).containsExactly(explained);
    }
  }

  @Test
  void anImagesNumbersAreTheSameToTheBitWhateverItsNeighbours() {
    float[] alone;
    float[] aloneLogits;
    try (InputBatch batch = model.newBatch()) {
      fill(batch, 0, 5);
      BatchExplanation answer =
          model.explain(batch, 1, new int[] {0}, new int[] {-1}, "gradcam", LAYERS);
      alone = answer.map(0, LAYER);
      aloneLogits = answer.logits(0);
    }
    try (InputBatch batch = model.newBatch()) {
      for (int slot = 0; slot < 4; slot++) {
        fill(batch, slot, slot == 2 ? 5 : 100 + slot);
      }
      BatchExplanation answer =
          model.explain(
              batch, 4, new int[] {2, 3, 0, 1}, new int[] {-1, 0, 1, 2}, "gradcam", LAYERS);
      assertThat(answer.map(0, LAYER)).containsExactly(alone);
      assertThat(answer.logits(2)).containsExactly(aloneLogits);
      // The same memory again, with fewer images: what the first call left there must not show.
      fill(batch, 0, 5);
      BatchExplanation again =
          model.explain(batch, 1, new int[] {0}, new int[] {-1}, "gradcam", LAYERS);
      assertThat(again.map(0, LAYER)).containsExactly(alone);
    }
  }

  @Test
  void concurrentCallsGiveWhatOneCallGives() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> maps =
          java.util.stream.IntStream.range(0, 16)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            try (InputBatch batch = model.newBatch()) {
                              fill(batch, 0, 7);
                              return model
                                  .explain(
                                      batch, 1, new int[] {0}, new int[] {1}, "gradcam", LAYERS)
                                  .map(0, LAYER);
                            }
                          }))
              .toList();
      float[] first = maps.get(0).get();
      for (Future<float[]> map : maps) {
        assertThat(map.get()).containsExactly(first);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nativeMemoryStaysFlatOverManyCallsGoodAndBad() {
    for (int i = 0; i < 20; i++) {
      oneGoodAndOneBadCall();
    }
    System.gc();
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 400; i++) {
      oneGoodAndOneBadCall();
    }
    // 400 unclosed batches alone would be 20 MB, their pictures 300 MB.
    assertThat(Pointer.physicalBytes() - before).isLessThan(60L << 20);
  }

  private static void oneGoodAndOneBadCall() {
    byte[] rgb = GeneratedPicture.rgb(512, 512);
    try (InputBatch batch = model.newBatch()) {
      model.preprocess(rgb, 512, 512, batch, 0);
      model.explain(batch, 1, new int[] {0}, new int[] {0}, "gradcam", LAYERS);
      assertThatThrownBy(
              () -> model.explain(batch, 1, new int[] {0}, new int[] {0}, "gradcam", List.of("no")))
          .isInstanceOf(ModelException.class);
    }
  }

  @Test
  void aOnePixelPictureAndAnExtremeOneArePreprocessed() {
    try (InputBatch batch = model.newBatch()) {
      model.preprocess(new byte[] {1, 2, 3}, 1, 1, batch, 0);
      model.preprocess(new byte[3 * 5000], 5000, 1, batch, 1);
      assertThat(
              model
                  .explain(batch, 2, new int[] {0, 1}, new int[] {-1, -1}, "gradcam", LAYERS)
                  .logits(1))
          .hasSize(3);
    }
  }

  @Test
  void wrongCallsAreRefusedBeforeTheyReachTheSession() {
    try (InputBatch batch = model.newBatch()) {
      assertThatThrownBy(
              () -> model.explain(batch, 1, new int[] {0}, new int[] {3}, "gradcam", LAYERS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("target 3");
      assertThatThrownBy(
              () -> model.explain(batch, 1, new int[] {0}, new int[] {-4}, "gradcam", LAYERS))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> model.explain(batch, 1, new int[] {1}, new int[] {0}, "gradcam", LAYERS))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> model.explain(batch, 5, new int[] {0}, new int[] {0}, "gradcam", LAYERS))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> model.preprocess(new byte[5], 1, 2, batch, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aClosedModelSaysSo() {
    ExplainableModel closed = ExplainableModel.load(TINY, new SessionSettings(1, 1, 1));
    try (InputBatch batch = closed.newBatch()) {
      closed.close();
      closed.close();
      assertThatThrownBy(
              () -> closed.explain(batch, 1, new int[] {0}, new int[] {0}, "gradcam", LAYERS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  private static void fill(InputBatch batch, int slot, long seed) {
    fill(model, batch, slot, seed);
  }

  private static void fill(ExplainableModel of, InputBatch batch, int slot, long seed) {
    Random random = new Random(seed);
    float[] input = new float[(int) of.card().input().length()];
    for (int i = 0; i < input.length; i++) {
      input[i] = 2 * random.nextFloat() - 1;
    }
    batch.set(slot, input);
  }
}
