package io.camaudit.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RelevanceTest {
  @Test
  void positiveRelevanceSumsToOne() {
    assertThat(Relevance.shares(new float[] {3, -5, 0, 1})).containsExactly(0.75, 0, 0, 0.25);
  }

  @Test
  void howSureTheModelWasPlaysNoPart() {
    assertThat(Relevance.shares(new float[] {6, 2}))
        .containsExactly(Relevance.shares(new float[] {1.5f, 0.5f}));
  }

  @Test
  void nothingPositiveOrFiniteHasNoShares() {
    assertThat(Relevance.shares(new float[] {-1, 0})).isNull();
    assertThat(Relevance.shares(new float[] {1, Float.NaN})).isNull();
    assertThat(Relevance.shares(new float[] {1, Float.POSITIVE_INFINITY})).isNull();
    assertThat(Relevance.shares(new float[0])).isNull();
  }

  @Test
  void meansAndDistancesByHand() {
    assertThat(Relevance.mean(List.of(new double[] {1, 0}, new double[] {0, 1}), 2))
        .containsExactly(0.5, 0.5);
    assertThat(Relevance.distance(new double[] {3, 0}, new double[] {0, 4})).isEqualTo(5);
  }
}
