package io.camaudit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.Attention;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
  void placesFollowWhereCellsLook() {
    // Two columns of one row on 56 x 14 pixels, looking at x = 7 and 21: the first covers 0 to 14,
    // the second 14 to 56. The frame is 8 pixels wide at the sides: 8/14 and 8/42 of them.
    CellCenters centers = new CellCenters(List.of(7.0), List.of(7.0, 21.0));
    CellLayout layout = CellLayout.of(1, 2, 14, 56, centers);
    Attention attention = AttentionMeasure.of(new float[] {1, 3}, layout);
    assertThat(attention.centreX()).isCloseTo((7 + 3 * 21) / 4.0 / 56, EXACT);
    assertThat(attention.centreY()).isCloseTo(0.5, EXACT);
    assertThat(attention.dispersion()).isCloseTo(Math.sqrt(3) / 4 * 14 / 56, EXACT);
    double within = (8 / 14.0 + 3 * (8 / 42.0)) / 4;
    double ends = 2 / 7.0; // of the single row, which is as high as the input
    assertThat(attention.borderShare()).isCloseTo(1 - (1 - within) * (1 - ends), EXACT);
    assertThat(attention.cornerShare()).isCloseTo(within * ends, EXACT);
    double equal = (8 / 14.0 + 8 / 42.0) / 2;
    assertThat(attention.borderLift())
        .isCloseTo(attention.borderShare() / (1 - (1 - equal) * (1 - ends)), EXACT);
    assertThat(attention.cornerLift()).isCloseTo(within / equal, EXACT);
    assertThat(attention.peakX()).isCloseTo(21 / 56.0, EXACT);
    assertThat(attention.peakY()).isCloseTo(0.5, EXACT);
    Attention even = AttentionMeasure.of(new float[] {1, 3}, 1, 2);
    assertThat(attention.entropy()).isEqualTo(even.entropy());
    assertThat(attention.gini()).isEqualTo(even.gini());
    assertThat(attention.effectiveArea()).isEqualTo(even.effectiveArea());
  }

  @Test
  void equalCellsAreChanceWhereverTheyLook() {
    CellCenters centers =
        new CellCenters(List.of(1.0, 2.0, 4.5, 30.0), List.of(20.0, 21.0, 22.0, 31.0, 31.5));
    float[] map = new float[20];
    Arrays.fill(map, 0.3f);
    Attention attention = AttentionMeasure.of(map, CellLayout.of(4, 5, 32, 32, centers));
    assertThat(attention.borderLift()).isCloseTo(1, EXACT);
    assertThat(attention.cornerLift()).isCloseTo(1, EXACT);
  }

  @Test
  void statedEvenCentresMeanTheSame() {
    Random random = new Random(3);
    float[] map = new float[12];
    for (int i = 0; i < map.length; i++) {
      map[i] = random.nextFloat() - 0.3f;
    }
    CellCenters even = new CellCenters(List.of(10.0, 30.0, 50.0), List.of(12.5, 37.5, 62.5, 87.5));
    Attention stated = AttentionMeasure.of(map, CellLayout.of(3, 4, 60, 100, even));
    assertThat(stated)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-12, Double.class)
        .isEqualTo(AttentionMeasure.of(map, 3, 4));
  }

  @Test
  void cellsThatShareTheInputEvenlyAreCountedInCells() {
    // To the last bit, for earlier runs are compared with later ones.
    Random random = new Random(4);
    for (int trial = 0; trial < 500; trial++) {
      int height = 1 + random.nextInt(30);
      int width = 1 + random.nextInt(30);
      float[] map = new float[height * width];
      for (int i = 0; i < map.length; i++) {
        map[i] = random.nextFloat() - 0.4f;
      }
      map[random.nextInt(map.length)] = 1;
      Attention found =
          AttentionMeasure.of(map, CellLayout.even(height, width, 224, 161 + random.nextInt(99)));
      assertThat(found).isEqualTo(AttentionMeasure.of(map, height, width));
      double sum = 0;
      for (float x : map) {
        sum += Math.max(0, x);
      }
      double centreX = 0;
      double border = 0;
      double corner = 0;
      for (int i = 0; i < map.length; i++) {
        if (map[i] > 0) {
          double p = map[i] / sum;
          double across = inFrame(i % width, width);
          double down = inFrame(i / width, height);
          centreX += p * (i % width + 0.5) / width;
          border += p * (1 - (1 - across) * (1 - down));
          corner += p * across * down;
        }
      }
      assertThat(found.centreX()).isEqualTo(centreX);
      assertThat(found.borderShare()).isEqualTo(border);
      assertThat(found.borderLift()).isEqualTo(border / AttentionMeasure.BORDER_AREA);
      assertThat(found.cornerShare()).isEqualTo(corner);
      assertThat(found.cornerLift()).isEqualTo(corner / AttentionMeasure.CORNER_AREA);
    }
  }

  /** The share of a cell in the frame along one side, all lengths in cells. */
  private static double inFrame(int cell, int cells) {
    double frame = AttentionMeasure.FRAME * cells;
    double head = Math.min(1, Math.max(0, frame - cell));
    double tail = Math.min(1, Math.max(0, frame - (cells - 1 - cell)));
    return Math.min(1, head + tail);
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
