package io.camaudit.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.alter.PixelSet;
import io.camaudit.report.Faithfulness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellOrderTest {
  private static final float[][] MAP = {{3, -1}, {3, 5}};

  @Test
  void theGreatestCellGoesFirstAndOfEqualsTheFirstRowByRow() {
    CellOrder most = CellOrder.mostRelevantFirst(MAP);
    assertThat(pixels(most.first(0.25, 4, 4))).containsExactly(10, 11, 14, 15);
    assertThat(pixels(most.first(0.5, 4, 4))).containsExactly(0, 1, 4, 5, 10, 11, 14, 15);
    assertThat(pixels(most.reversed().first(0.25, 4, 4))).containsExactly(2, 3, 6, 7);
    assertThat(pixels(most.reversed().first(0.5, 4, 4)))
        .containsExactly(2, 3, 6, 7, 8, 9, 12, 13);
  }

  @Test
  void sharesAreRoundedToWholeCells() {
    CellOrder order = CellOrder.mostRelevantFirst(new float[7][7]);
    // 0.1 of 49 cells is 5, each of 2 x 2 pixels.
    assertThat(order.first(0.1, 14, 14).size()).isEqualTo(5 * 4);
    assertThat(order.first(0.9, 14, 14).size()).isEqualTo(44 * 4);
  }

  @Test
  void chanceDependsOnTheNameAlone() {
    PixelSet one = CellOrder.byChance(7, 7, "a.jpg").first(0.5, 7, 7);
    assertThat(pixels(one)).isEqualTo(pixels(CellOrder.byChance(7, 7, "a.jpg").first(0.5, 7, 7)));
    assertThat(pixels(one))
        .isNotEqualTo(pixels(CellOrder.byChance(7, 7, "b.jpg").first(0.5, 7, 7)));
    assertThat(one.size()).isEqualTo(25);
  }

  @Test
  void gainAndMeansByHand() {
    double[] ones = {1, 1, 1, 1, 0.5};
    double[] half = {0.5, 0.5, 0.5, 0.5, 0.5};
    double[] none = {0.5, 0, 0, 0, 0};
    Curves clear = new Curves(1, ones, half, none);
    Curves blind = new Curves(0.8, half, half, half);
    assertThat(clear.gain()).isCloseTo(0.8, within(1e-12));
    assertThat(blind.gain()).isZero();
    Faithfulness found =
        FaithfulnessCheck.summary("gradcam", "last", new ArrayList<>(List.of(clear, blind)), 3);
    assertThat(found.images()).isEqualTo(2);
    assertThat(found.lost()).isEqualTo(1);
    assertThat(found.gain().mean()).isCloseTo(0.4, within(1e-9));
    // sd of 0.8 and 0 is 0.8/√2, so the half width 1.96 · 0.4.
    assertThat(found.gain().high() - 0.4).isCloseTo(1.959964 * 0.4, within(1e-6));
    assertThat(found.untouched()).isCloseTo(0.9, within(1e-9));
    assertThat(found.leastFirst().get(4)).isCloseTo(0.5, within(1e-9));
    assertThat(FaithfulnessCheck.summary("gradcam", "last", List.of(), 2).gain()).isNull();
  }

  private static List<Integer> pixels(PixelSet set) {
    return IntStream.range(0, set.width() * set.height()).filter(set::has).boxed().toList();
  }
}
