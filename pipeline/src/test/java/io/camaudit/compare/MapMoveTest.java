package io.camaudit.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class MapMoveTest {
  @Test
  void correlationIsOfTheShapesAfterRelu() {
    float[][] map = {{0, 1}, {2, 3}};
    assertThat(MapMove.correlation(map, new float[][] {{5, 7}, {9, 11}})).isEqualTo(1);
    assertThat(MapMove.correlation(map, new float[][] {{3, 2}, {1, 0}})).isEqualTo(-1);
    // Negative cells count as zero: (0, 0, 0, 1) against (0, 1, 2, 3), r = 1.5 / sqrt(0.75 * 5).
    assertThat(MapMove.correlation(new float[][] {{-9, -1}, {-4, 1}}, map))
        .isCloseTo(1.5 / Math.sqrt(0.75 * 5), within(1e-9));
  }

  @Test
  void whatCannotBeComparedHasNone() {
    float[][] map = {{0, 1}, {2, 3}};
    assertThat(MapMove.correlation(map, new float[][] {{1, 1}, {1, 1}})).isNull();
    assertThat(MapMove.correlation(map, new float[][] {{0, 1, 2}, {3, 4, 5}})).isNull();
    assertThat(MapMove.correlation(new float[][] {{1}}, new float[][] {{1}})).isNull();
  }
}
