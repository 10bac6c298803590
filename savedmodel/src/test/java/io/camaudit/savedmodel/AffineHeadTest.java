package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AffineHeadTest {
  @Test
  void itGivesTheModelsLogitsForMeanActivations() {
    try (ExplainableModel model =
            ExplainableModel.load(ExplainableModelTest.TINY, new SessionSettings(1, 1, 1));
        InputBatch batch = model.newBatch()) {
      AffineHead head = AffineHead.of(model).orElseThrow();
      Random random = new Random(4);
      float[] input = new float[(int) model.card().input().length()];
      for (int i = 0; i < input.length; i++) {
        input[i] = 2 * random.nextFloat() - 1;
      }
      batch.set(0, input);
      LayerGradients parts =
          model.gradients(batch, 1, new int[] {0}, new int[] {0}, model.card().defaultLayer());
      float[] pooled =
          ChannelSums.of(parts.activations(), parts.gradients(), parts.channels(), null).pooled();
      double[] logits = head.logits(pooled);
      assertThat(logits).hasSize(model.card().classes());
      for (int k = 0; k < logits.length; k++) {
        assertThat(logits[k]).isCloseTo(parts.logits()[k], within(1e-5));
      }
      double[] direction = new double[pooled.length];
      direction[3] = 2;
      pooled[3] += 2;
      double[] moved = head.logits(pooled);
      double[] along = head.along(direction);
      for (int k = 0; k < logits.length; k++) {
        assertThat(moved[k] - logits[k]).isCloseTo(along[k], within(1e-5));
      }
    }
  }

  @Test
  void otherEndsHaveNone() {
    try (ExplainableModel model =
        ExplainableModel.load(
            Path.of("src/test/resources/transformer-model"), new SessionSettings(1, 1, 1))) {
      assertThat(AffineHead.of(model)).isEmpty();
    }
  }
}
