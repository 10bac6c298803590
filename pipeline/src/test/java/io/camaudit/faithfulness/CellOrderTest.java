package io.camaudit.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.Sha256;
import io.camaudit.alter.PixelSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellOrderTest {
  private static final CellGrid TWO = new CellGrid(2, 2);
  private static final CellGrid SEVEN = new CellGrid(7, 7);

  @Test
  void theGreatestCellGoesFirst() {
    CellOrder most =
        CellOrder.mostRelevantFirst(
            TWO, new double[] {3, -1, 2, 5}, CellOrder.byChance(TWO, "a.jpg"));
    assertThat(pixels(most.first(0.25, 4, 4))).containsExactly(10, 11, 14, 15);
    assertThat(pixels(most.first(0.5, 4, 4))).containsExactly(0, 1, 4, 5, 10, 11, 14, 15);
    assertThat(pixels(most.reversed().first(0.25, 4, 4))).containsExactly(2, 3, 6, 7);
    assertThat(pixels(most.reversed().first(0.5, 4, 4))).containsExactly(2, 3, 6, 7, 8, 9, 12, 13);
  }

  @Test
  void aMapWithoutDifferencesGoesByChance() {
    CellOrder chance = CellOrder.byChance(SEVEN, "a.jpg");
    CellOrder flat = CellOrder.mostRelevantFirst(SEVEN, new double[49], chance);
    for (double share : Removals.SHARES) {
      assertThat(pixels(flat.first(share, 14, 14))).isEqualTo(pixels(chance.first(share, 14, 14)));
    }
  }

  @Test
  void sharesAreRoundedToWholeCells() {
    CellOrder order = CellOrder.byChance(SEVEN, "a.jpg");
    // 0.1 of 49 cells is 5, each of 2 x 2 pixels.
    assertThat(order.first(0, 14, 14).size()).isZero();
    assertThat(order.first(0.1, 14, 14).size()).isEqualTo(5 * 4);
    assertThat(order.first(0.9, 14, 14).size()).isEqualTo(44 * 4);
  }

  @Test
  void chanceIsTheHashOfTheNameAndTheCell() {
    int first =
        IntStream.range(0, 49)
            .boxed()
            .min(Comparator.comparing(cell -> Sha256.hex("a.jpg\n" + cell)))
            .orElseThrow();
    assertThat(pixels(CellOrder.byChance(SEVEN, "a.jpg").first(1.0 / 49, 7, 7)))
        .containsExactly(first);
    assertThat(pixels(CellOrder.byChance(SEVEN, "b.jpg").first(0.5, 7, 7)))
        .hasSize(25)
        .isNotEqualTo(pixels(CellOrder.byChance(SEVEN, "a.jpg").first(0.5, 7, 7)));
  }

  private static List<Integer> pixels(PixelSet set) {
    return IntStream.range(0, set.width() * set.height()).filter(set::has).boxed().toList();
  }
}
