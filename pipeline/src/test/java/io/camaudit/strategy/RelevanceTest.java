package io.camaudit.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RelevanceTest {
  @Test
  void squaresSumToOne() {
    assertThat(Relevance.roots(new float[] {9, -5, 0, 16})).containsExactly(0.6, 0, 0, 0.8);
  }

  @Test
  void howSureTheModelWasPlaysNoPart() {
    assertThat(Relevance.roots(new float[] {6, 2}))
        .containsExactly(Relevance.roots(new float[] {1.5f, 0.5f}));
  }

  @Test
  void nothingPositiveOrFiniteHasNoShares() {
    assertThat(Relevance.roots(new float[] {-1, 0})).isNull();
    assertThat(Relevance.roots(new float[] {1, Float.NaN})).isNull();
    assertThat(Relevance.roots(new float[] {1, Float.POSITIVE_INFINITY})).isNull();
    assertThat(Relevance.roots(new float[0])).isNull();
  }

  @Test
  void meansAndDistancesByHand() {
    assertThat(Relevance.mean(List.of(new double[] {3, 0}, new double[] {0, 1}), x -> x))
        .containsExactly(1.5, 0.5);
    assertThat(Relevance.mean(List.of(new double[] {3, 0}, new double[] {0, 1}), Relevance::share))
        .containsExactly(4.5, 0.5);
    assertThat(Relevance.distance(new double[] {3, 0}, new double[] {0, 4})).isEqualTo(5);
  }
}
