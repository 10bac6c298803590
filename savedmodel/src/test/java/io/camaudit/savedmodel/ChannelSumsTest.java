package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Channels of whole calls, against the model's own activations and gradients and a closed form. */
class ChannelSumsTest {
  private static final Path TRANSFORMER = Path.of("src/test/resources/transformer-model");
  private static final int[] IMAGES = {0, 1, 1};
  private static final int[] TARGETS = {0, 2, 1};

  @Test
  void sumsArePartsOfASumByHand() {
    float[] activations = {1, 2, 3, 4}; // two cells of two channels
    float[] gradients = {10, -1, 20, 1};
    ChannelSums sums = ChannelSums.of(activations, gradients, 2, new float[] {1, 0.25f});
    assertThat(sums.relevance()).containsExactly(10 + 60, -2 + 4);
    assertThat(sums.inside()).containsExactly(10 + 15, -2 + 1);
    assertThat(sums.pooled()).containsExactly(2, 3);
    assertThat(sums.isFinite()).isTrue();
    assertThat(sums.loudest()).extracting(ChannelMap::channel).containsExactly(0, 1);
    assertThat(sums.loudest().get(0).cells()).containsExactly(10, 60);
    assertThat(ChannelSums.of(activations, gradients, 2, null).inside()).isNull();
    float[] broken = {1, Float.NaN, 1, 1};
    assertThat(ChannelSums.of(broken, gradients, 2, null).isFinite()).isFalse();
  }

  @Test
  void theLoudestAreThoseThatSpeakForTheClassGreatestFirst() {
    float[] activations = new float[20];
    float[] gradients = new float[20];
    Arrays.fill(activations, 1);
    for (int k = 0; k < 20; k++) {
      gradients[k] = k * 7 % 20 - 4;
    }
    List<ChannelMap> loudest = ChannelSums.of(activations, gradients, 20, null).loudest();
    assertThat(loudest)
        .extracting(map -> (int) map.cells()[0])
        .containsExactly(15, 14, 13, 12, 11, 10, 9, 8);
    float[] few = {-1, 2, 2, 0};
    assertThat(ChannelSums.of(new float[] {1, 1, 1, 1}, few, 4, null).loudest())
        .extracting(ChannelMap::channel)
        .containsExactly(1, 2);
  }

  @Test
  void atAnAveragePoolAndADenseLayerTheySumToTheLogitWithoutItsBias() {
    try (ExplainableModel model = load(ExplainableModelTest.TINY)) {
      BatchExplanation answer = explain(model, "gradcam", null);
      for (int pair = 0; pair < TARGETS.length; pair++) {
        double expected = answer.score(pair) - model.card().head().bias()[TARGETS[pair]];
        assertThat(sum(answer.channels(pair).relevance())).isCloseTo(expected, within(1e-5));
      }
      int[] others = {1, 0, 0};
      BatchExplanation differences = explain(model, "gradcam", others);
      float[] bias = model.card().head().bias();
      for (int pair = 0; pair < TARGETS.length; pair++) {
        double expected = differences.score(pair) - bias[TARGETS[pair]] + bias[others[pair]];
        assertThat(sum(differences.channels(pair).relevance())).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void theyAreWhatActivationsAndGradientsSayWhateverTheMethod() {
    for (Path path :
        List.of(ExplainableModelTest.TINY, ExplainableModelTest.MULTI_LABEL, TRANSFORMER)) {
      try (ExplainableModel model = load(path);
          InputBatch batch = batch(model)) {
        String layer = model.card().defaultLayer();
        LayerGradients parts = model.gradients(batch, 2, IMAGES, TARGETS, layer);
        int cells = parts.height() * parts.width();
        int length = cells * parts.channels();
        for (ModelCard.Method method : model.card().methods()) {
          BatchExplanation answer = explain(model, method.name(), null);
          for (int pair = 0; pair < TARGETS.length; pair++) {
            ChannelSums expected =
                ChannelSums.of(
                    Arrays.copyOfRange(parts.activations(), pair * length, (pair + 1) * length),
                    Arrays.copyOfRange(parts.gradients(), pair * length, (pair + 1) * length),
                    parts.channels(),
                    coverage(cells, pair));
            assertNear(answer.channels(pair).relevance(), expected.relevance());
            assertNear(answer.channels(pair).inside(), expected.inside());
            assertNear(answer.channels(pair).pooled(), expected.pooled());
          }
        }
      }
    }
  }

  @Test
  void mapsAndLogitsAreTheSameToTheBitWithThemAndWithout() {
    for (Path path : List.of(ExplainableModelTest.TINY, TRANSFORMER)) {
      try (ExplainableModel model = load(path);
          InputBatch batch = batch(model)) {
        List<String> layers = List.of(model.card().defaultLayer());
        BatchExplanation without = model.explain(batch, 2, IMAGES, TARGETS, "gradcam", layers);
        BatchExplanation with = explain(model, "gradcam", null);
        assertThat(without.channels(0)).isNull();
        assertThat(with.logits(1)).containsExactly(without.logits(1));
        for (int pair = 0; pair < TARGETS.length; pair++) {
          assertThat(with.map(pair, layers.get(0)))
              .containsExactly(without.map(pair, layers.get(0)));
        }
      }
    }
  }

  @Test
  void ofPairsThatAreNotWantedNothingIsSummed() {
    try (ExplainableModel model = load(ExplainableModelTest.TINY);
        InputBatch batch = batch(model)) {
      BatchExplanation answer =
          model.explain(
              batch, 2, IMAGES, TARGETS, null, "gradcam", List.of(), wish(p -> p == 1, false, 0));
      assertThat(answer.channels(0)).isNull();
      assertThat(answer.channels(1).inside()).isNull();
      assertThat(answer.channels(2)).isNull();
    }
  }

  private static BatchExplanation explain(ExplainableModel model, String method, int[] versus) {
    ModelCard.Layer layer = model.card().layer(model.card().defaultLayer());
    int cells = layer.height() * layer.width();
    try (InputBatch batch = batch(model)) {
      return model.explain(
          batch,
          2,
          IMAGES,
          TARGETS,
          versus,
          method,
          List.of(layer.name()),
          wish(pair -> true, true, cells));
    }
  }

  private static ChannelWish wish(
      java.util.function.IntPredicate wanted, boolean covered, int cells) {
    return new ChannelWish() {
      @Override
      public boolean wants(int pair) {
        return wanted.test(pair);
      }

      @Override
      public float[] coverage(int pair, int target) {
        assertThat(target).isEqualTo(TARGETS[pair]);
        return covered ? ChannelSumsTest.coverage(cells, pair) : null;
      }
    };
  }

  private static float[] coverage(int cells, int pair) {
    float[] coverage = new float[cells];
    for (int cell = 0; cell < cells; cell++) {
      coverage[cell] = (cell + pair) % 5 / 4f;
    }
    return coverage;
  }

  private static void assertNear(float[] actual, float[] expected) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).hasSameSizeAs(expected);
    for (int k = 0; k < expected.length; k++) {
      assertThat((double) actual[k]).isCloseTo(expected[k], within(1e-6 * largest));
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static ExplainableModel load(Path path) {
    return ExplainableModel.load(path, new SessionSettings(1, 1, 2));
  }

  private static InputBatch batch(ExplainableModel model) {
    InputBatch batch = model.newBatch();
    for (int slot = 0; slot < 2; slot++) {
      Random random = new Random(slot + 31);
      float[] input = new float[(int) model.card().input().length()];
      for (int i = 0; i < input.length; i++) {
        input[i] = 2 * random.nextFloat() - 1;
      }
      batch.set(slot, input);
    }
    return batch;
  }
}
