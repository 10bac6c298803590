package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.report.RawMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RawMapsTest {
  @Test
  void rowsAreCutAsTheyCome() {
    RawMap map = RawMaps.of(new float[] {1, -2, 3, 4, 5, 6}, 2, 3);
    assertThat(map.values()).isDeepEqualTo(new float[][] {{1, -2, 3}, {4, 5, 6}});
    assertThat(map.min()).isEqualTo(-2);
    assertThat(map.max()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneNumberThatIsNoneLeavesNoMap(float broken) {
    assertThat(RawMaps.of(new float[] {1, 2, 3, broken}, 2, 2))
        .isEqualTo(new RawMap(2, 2, null, null, null));
  }
}
