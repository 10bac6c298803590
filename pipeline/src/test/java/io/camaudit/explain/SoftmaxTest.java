package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.Prediction;
import io.camaudit.savedmodel.ClassLabel;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private static final ClassIndex CLASSES =
      new ClassIndex(
          List.of(
              new ClassLabel(0, "a", List.of("A")),
              new ClassLabel(1, "b", List.of("B")),
              new ClassLabel(2, "c", List.of("C"))));

  @Test
  void probabilitiesOfLogarithmsAreProportionalToTheNumbers() {
    float[] logits = {(float) Math.log(1), (float) Math.log(6), (float) Math.log(3)};
    List<Prediction> top = Softmax.top(logits, 2, CLASSES);
    assertThat(top).extracting(Prediction::name).containsExactly("B", "C");
    assertThat(top.get(0).probability()).isCloseTo(0.6f, within(1e-6f));
    assertThat(top.get(1).probability()).isCloseTo(0.3f, within(1e-6f));
  }

  @Test
  void largeLogitsDoNotOverflowAndTiesGoToTheLowerIndex() {
    List<Prediction> top = Softmax.top(new float[] {3e38f, 3e38f, -3e38f}, 5, CLASSES);
    assertThat(top).extracting(Prediction::index).containsExactly(0, 1, 2);
    assertThat(top.get(0).probability()).isEqualTo(0.5f);
  }
}
