package io.camaudit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.Attention;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AttentionMeasureTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void uniformMapIsEverywhere() {
    float[] map = new float[49];
    java.util.Arrays.fill(map, 3);
    Attention attention = AttentionMeasure.of(map, 7, 7);
    assertThat(attention.entropy()).isCloseTo(1, EXACT);
    assertThat(attention.gini()).isCloseTo(0, EXACT);
    assertThat(attention.effectiveArea()).isCloseTo(1, EXACT);
    assertThat(attention.centreX()).isCloseTo(0.5, EXACT);
    assertThat(attention.centreY()).isCloseTo(0.5, EXACT);
    // Two independent uniform coordinates on 7 cells: 2 (49 - 1) / 12 / 49.
    assertThat(attention.dispersion()).isCloseTo(Math.sqrt(2 * 48 / 12.0 / 49), EXACT);
    assertThat(attention.borderShare()).isCloseTo(24 / 49.0, EXACT);
    assertThat(attention.borderLift()).isCloseTo(1, EXACT);
    assertThat(attention.cornerShare()).isCloseTo(4 / 49.0, EXACT);
    assertThat(attention.cornerLift()).isCloseTo(1, EXACT);
    assertThat(attention.peakX()).as("ties: the first").isCloseTo(0.5 / 7, EXACT);
    assertThat(attention.peakY()).isCloseTo(0.5 / 7, EXACT);
  }

  @Test
  void oneCellIsNowhereElse() {
    float[][] map = {{-5, 0, 0}, {0, 0, 2}};
    Attention attention = AttentionMeasure.of(map);
    assertThat(attention.entropy()).isZero();
    assertThat(attention.gini()).isCloseTo(1 - 1 / 6.0, EXACT);
    assertThat(attention.effectiveArea()).isCloseTo(1 / 6.0, EXACT);
    assertThat(attention.centreX()).isCloseTo(5 / 6.0, EXACT);
    assertThat(attention.centreY()).isCloseTo(3 / 4.0, EXACT);
    assertThat(attention.dispersion()).isZero();
    assertThat(attention.peakX()).isCloseTo(5 / 6.0, EXACT);
    assertThat(attention.peakY()).isCloseTo(3 / 4.0, EXACT);
  }

  @Test
  void handComputedTwoByTwo() {
    // x = 1, 3, 0, 4 after ReLU; p = 1/8, 3/8, 0, 1/2.
    Attention attention = AttentionMeasure.of(new float[][] {{1, 3}, {-2, 4}});
    double entropy = -(Math.log(1 / 8.0) / 8 + 3 * Math.log(3 / 8.0) / 8 + Math.log(0.5) / 2);
    assertThat(attention.entropy()).isCloseTo(entropy / Math.log(4), EXACT);
    // Sorted 0, 1, 3, 4: (-3*0 - 1*1 + 1*3 + 3*4) / (4 * 8).
    assertThat(attention.gini()).isCloseTo(14 / 32.0, EXACT);
    assertThat(attention.effectiveArea()).isCloseTo(64 / (4 * 26.0), EXACT);
    assertThat(attention.centreX()).isCloseTo(0.25 / 8 + 0.75 * 7 / 8, EXACT);
    assertThat(attention.centreY()).isCloseTo(0.25 / 2 + 0.75 / 2, EXACT);
    // Variance of two points half a side apart: p (1 - p) / 4 in each direction.
    assertThat(attention.dispersion()).isCloseTo(Math.sqrt((7 / 64.0 + 1 / 4.0) / 4), EXACT);
    // Each cell has a corner: of its side 1/2, 1/7 lies in the frame, which is 2/7 of it.
    assertThat(attention.cornerShare()).isCloseTo(4 / 49.0, EXACT);
    assertThat(attention.borderShare()).isCloseTo(1 - 25 / 49.0, EXACT);
  }

  @Test
  void cornersAndBordersOfAFinerGrid() {
    float[] corner = new float[14 * 14];
    corner[1] = 1; // top row, second cell: still within 1/7 of the left
    Attention inCorner = AttentionMeasure.of(corner, 14, 14);
    assertThat(inCorner.cornerShare()).isCloseTo(1, EXACT);
    assertThat(inCorner.cornerLift()).isCloseTo(49 / 4.0, EXACT);
    float[] edge = new float[14 * 14];
    edge[5] = 1;
    edge[7 * 14 + 7] = 1; // the middle
    Attention atEdge = AttentionMeasure.of(edge, 14, 14);
    assertThat(atEdge.cornerShare()).isZero();
    assertThat(atEdge.borderShare()).isCloseTo(0.5, EXACT);
    assertThat(atEdge.borderLift()).isCloseTo(0.5 * 49 / 24, EXACT);
  }

  @Test
  void aSingleCellCoversEverythingEvenly() {
    Attention attention = AttentionMeasure.of(new float[] {2}, 1, 1);
    assertThat(attention.entropy()).isEqualTo(1);
    assertThat(attention.gini()).isZero();
    assertThat(attention.effectiveArea()).isEqualTo(1);
    assertThat(attention.borderLift()).isCloseTo(1, EXACT);
    assertThat(attention.cornerLift()).isCloseTo(1, EXACT);
  }

  @Test
  void scaleDoesNotMatterToTheEndsOfTheRange() {
    float[] map = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Attention plain = AttentionMeasure.of(map, 3, 3);
    for (float factor : new float[] {0x1p-120f, 0x1p120f}) {
      float[] scaled = map.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= factor;
      }
      assertThat(AttentionMeasure.of(scaled, 3, 3)).isEqualTo(plain);
    }
  }

  @Test
  void refusesMapsWithoutNumbers() {
    assertThatThrownBy(() -> AttentionMeasure.of(new float[] {0, -1}, 1, 2))
        .hasMessageContaining("nothing positive");
    assertThatThrownBy(() -> AttentionMeasure.of(new float[] {1, Float.NaN}, 1, 2))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> AttentionMeasure.of(new float[] {1, 2}, 2, 2))
        .hasMessageContaining("2 x 2");
    assertThatThrownBy(() -> AttentionMeasure.of(new float[][] {{1, 2}, {1}}))
        .hasMessageContaining("row 1");
  }
}
