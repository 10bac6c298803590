package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Skipped where the processor has no bfloat16. */
class Bfloat16Test {
  private static final String LAYER = "block2_out";
  private static final List<String> LAYERS = List.of(LAYER);

  private static ExplainableModel float32;
  private static ExplainableModel bfloat16;

  @BeforeAll
  static void load() {
    assumeTrue(Bfloat16Support.isHere(), "this processor has no bfloat16");
    float32 = ExplainableModel.load(ExplainableModelTest.TINY, new SessionSettings(1, 1, 4));
    bfloat16 =
        ExplainableModel.load(
            ExplainableModelTest.TINY, new SessionSettings(1, 1, 4, Precision.BFLOAT16));
  }

  @AfterAll
  static void close() {
    if (float32 != null) {
      float32.close();
      bfloat16.close();
    }
  }

  /** 8 bits are a relative error of 1/256 at most an operation; the model has a few. */
  @Test
  void numbersAreOthersButNear() {
    BatchExplanation exact = explain(float32);
    BatchExplanation near = explain(bfloat16);
    float[] map = near.map(0, LAYER);
    float[] reference = exact.map(0, LAYER);
    assertThat(map).isNotEqualTo(reference);
    double largest = 0;
    for (float value : reference) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int cell = 0; cell < map.length; cell++) {
      assertThat((double) map[cell]).isCloseTo(reference[cell], within(largest / 32));
    }
  }

  /** A bfloat16 is a float32 whose last 16 bits are 0. */
  @Test
  void logitsAndMapsAreNotRoundedToEightBits() {
    BatchExplanation answer = explain(bfloat16);
    for (float[] values : List.of(answer.logits(0), answer.map(0, LAYER))) {
      int unrounded = 0;
      for (float value : values) {
        unrounded += (Float.floatToRawIntBits(value) & 0xffff) == 0 ? 0 : 1;
      }
      assertThat(unrounded).isGreaterThan(values.length / 2);
    }
  }

  /** Pixels come to the model as they do in float32, to the bit. */
  @Test
  void preprocessingIsFloat32() {
    byte[] picture = new byte[3 * 37 * 23];
    new Random(5).nextBytes(picture);
    assertThat(preprocess(bfloat16, picture)).isEqualTo(preprocess(float32, picture));
  }

  private static float[] preprocess(ExplainableModel model, byte[] picture) {
    try (InputBatch batch = model.newBatch()) {
      model.preprocess(picture, 37, 23, batch, 0);
      float[] values = new float[Math.toIntExact(batch.tensor().size())];
      batch.tensor().asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static BatchExplanation explain(ExplainableModel model) {
    try (InputBatch batch = model.newBatch()) {
      Random random = new Random(3);
      ModelCard.Input size = model.card().input();
      float[] input = new float[3 * size.width() * size.height()];
      for (int i = 0; i < input.length; i++) {
        input[i] = random.nextFloat() * 2 - 1;
      }
      batch.set(0, input);
      return model.explain(batch, 1, new int[] {0}, new int[] {-1}, "gradcam", LAYERS);
    }
  }
}
