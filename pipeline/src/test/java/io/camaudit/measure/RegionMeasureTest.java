package io.camaudit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.UserException;
import io.camaudit.report.RegionFit;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RegionMeasureTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** Whole pixels x0 to x1 and y0 to y1, the ends exclusive. */
  private static RegionMask rectangle(int size, int x0, int y0, int x1, int y1) {
    float[] coverage = new float[size * size];
    for (int y = y0; y < y1; y++) {
      Arrays.fill(coverage, y * size + x0, y * size + x1, 1);
    }
    return new RegionMask(size, size, coverage, new RegionMask.Box(x0, y0, x1, y1));
  }

  private static float[] oneCell(int side, int row, int column) {
    float[] map = new float[side * side];
    map[row * side + column] = 1;
    return map;
  }

  @Test
  void theToleranceIsCountedInWidthsAndHeights() {
    // A map of 4 x 1 cells on 448 x 112 pixels, its peak in the middle of the second: (168, 56). A
    // tolerance of 28 of 224 is 56 pixels to the sides and 14 up and down.
    float[] map = {0, 1, 0, 0};
    RegionMeasure measure = new RegionMeasure(28, 0.15);
    assertThat(measure.of(map, 1, 4, pixel(448, 112, 168 + 56, 56)).pointingHit()).isTrue();
    assertThat(measure.of(map, 1, 4, pixel(448, 112, 168 + 57, 56)).pointingHit()).isFalse();
    assertThat(measure.of(map, 1, 4, pixel(448, 112, 168, 56 + 14)).pointingHit()).isTrue();
    assertThat(measure.of(map, 1, 4, pixel(448, 112, 168, 56 + 15)).pointingHit()).isFalse();
  }

  @Test
  void cellsMayLieWhereTheyLook() {
    // Two columns of one row on 8 x 8 pixels, the first looking at x = 1 and the second at x = 3:
    // from there on all
    // pixels have its value, and half of the first's lies between.
    CellLayout layout = CellLayout.of(1, 2, 8, 8, new CellCenters(List.of(4.0), List.of(1.0, 3.0)));
    float[] map = {0, 1};
    RegionFit fit = RegionMeasure.DEFAULT.of(map, layout, rectangle(8, 0, 0, 3, 8));
    // Of a row of pixels: 0 and 0.25 and 0.75 left of x = 3, five times 1 right of it.
    assertThat(fit.energyShare()).isCloseTo(1 / 6.0, EXACT);
    RegionMeasure near = new RegionMeasure(0, 0.15);
    assertThat(near.of(map, layout, pixel(8, 8, 2, 4)).pointingHit()).isTrue();
    assertThat(near.of(map, layout, pixel(8, 8, 4, 4)).pointingHit()).isFalse();
    assertThat(near.of(map, 1, 2, pixel(8, 8, 2, 4)).pointingHit()).isFalse();
    CellLayout even = CellLayout.of(1, 2, 8, 8, new CellCenters(List.of(4.0), List.of(2.0, 6.0)));
    assertThat(RegionMeasure.DEFAULT.of(map, even, rectangle(8, 0, 0, 3, 8)))
        .isEqualTo(RegionMeasure.DEFAULT.of(map, 1, 2, rectangle(8, 0, 0, 3, 8)));
  }

  private static RegionMask pixel(int width, int height, int x, int y) {
    float[] coverage = new float[width * height];
    coverage[y * width + x] = 1;
    return new RegionMask(width, height, coverage, new RegionMask.Box(x, y, x + 1, y + 1));
  }

  @Test
  void uniformMapIsChance() {
    float[] map = new float[49];
    Arrays.fill(map, 7);
    RegionFit fit = RegionMeasure.DEFAULT.of(map, 7, 7, rectangle(224, 20, 40, 76, 96));
    double area = 56 * 56 / (224.0 * 224);
    assertThat(fit.areaShare()).isCloseTo(area, EXACT);
    assertThat(fit.energyShare()).isCloseTo(area, EXACT);
    assertThat(fit.lift()).isCloseTo(1, EXACT);
    assertThat(fit.rankAccuracy()).as("all pixels tie").isCloseTo(area, EXACT);
    assertThat(fit.iou()).as("the map's box is the square").isCloseTo(area, EXACT);
  }

  @Test
  void withoutUpsamplingTheNumbersCanBeCounted() {
    // On a 4 x 4 square the map is its own upsampling.
    float[][] map = {{8, 4, 0, 0}, {2, 2, 0, -9}, {0, 0, 0, 0}, {0, 0, 0, 6}};
    RegionFit fit = new RegionMeasure(15, 0.5).of(map, rectangle(4, 1, 0, 3, 2));
    assertThat(fit.energyShare()).isCloseTo(6 / 22.0, EXACT);
    assertThat(fit.lift()).isCloseTo(6 / 22.0 * 4, EXACT);
    // K = 4: 8, 6, 4 rank first, the two 2s share the fourth place, one of them inside.
    assertThat(fit.rankAccuracy()).isCloseTo((1 + 0.5) / 4, EXACT);
    // At least 4: {8, 4} touch, 6 is apart. Box (0,0)-(2,1) against (1,0)-(3,2).
    assertThat(fit.iou()).isCloseTo(1 / 5.0, EXACT);
  }

  @Test
  void energyOfABilinearTent() {
    // One cell in the middle of 3 x 3 on a 6 x 6 square: 1/4, 3/4, 3/4, 1/4 along each axis.
    RegionFit fit = RegionMeasure.DEFAULT.of(oneCell(3, 1, 1), 3, 3, rectangle(6, 2, 2, 4, 4));
    assertThat(fit.energyShare()).isCloseTo(2.25 / 4, EXACT);
    assertThat(fit.rankAccuracy()).isCloseTo(1, EXACT);
  }

  @Test
  void aHalfCoveredPixelCountsHalf() {
    float[] coverage = {0.5f, 0, 0, 0};
    RegionMask half = new RegionMask(2, 2, coverage, new RegionMask.Box(0, 0, 0.5, 1));
    RegionFit fit = RegionMeasure.DEFAULT.of(new float[] {4, 2, 1, 1}, 2, 2, half);
    assertThat(fit.areaShare()).isCloseTo(0.5 / 4, EXACT);
    assertThat(fit.energyShare()).isCloseTo(4 * 0.5 / 8, EXACT);
    // Half of the first pixel is wanted, and half of that lies inside.
    assertThat(fit.rankAccuracy()).isCloseTo(0.5, EXACT);
  }

  @Test
  void pointingHitsUpToTheToleranceAndNotBeyond() {
    // The peak is the centre of cell (3, 3): 112, 112. A pixel from 127 on is 15 away.
    float[] map = oneCell(7, 3, 3);
    assertThat(hit(map, rectangle(224, 127, 112, 140, 113))).isTrue();
    assertThat(hit(map, rectangle(224, 128, 112, 140, 113))).isFalse();
    assertThat(hit(map, rectangle(224, 84, 112, 97, 113))).isTrue();
    assertThat(hit(map, rectangle(224, 84, 112, 96, 113))).isFalse();
    // 9 and 12 make 15.
    assertThat(hit(map, rectangle(224, 121, 124, 140, 140))).isTrue();
    assertThat(hit(map, rectangle(224, 122, 124, 140, 140))).isFalse();
    assertThat(hit(map, rectangle(224, 0, 0, 224, 10))).isFalse();
  }

  @Test
  void theToleranceGrowsWithTheSquare() {
    float[] map = oneCell(7, 3, 3);
    assertThat(hit(map, rectangle(448, 254, 224, 300, 225))).isTrue();
    assertThat(hit(map, rectangle(448, 255, 224, 300, 225))).isFalse();
  }

  private static boolean hit(float[] map, RegionMask region) {
    return RegionMeasure.DEFAULT.of(map, 7, 7, region).pointingHit();
  }

  @Test
  void theFirstOfEqualPeaksPoints() {
    float[] map = oneCell(7, 6, 6);
    map[0] = 1;
    assertThat(hit(map, rectangle(224, 0, 0, 32, 32))).isTrue();
    assertThat(hit(map, rectangle(224, 192, 192, 224, 224))).isFalse();
  }

  @Test
  void componentsTouchAtCornersAndTheLargestWins() {
    float[][] map = {
      {0, 0, 9, 0, 0, 0},
      {0, 9, 0, 0, 0, 0},
      {9, 0, 0, 0, 0, 0},
      {0, 0, 0, 0, 9, 9},
      {0, 0, 0, 0, 0, 0},
      {0, 0, 0, 0, 0, 0},
    };
    RegionFit fit = RegionMeasure.DEFAULT.of(map, rectangle(6, 0, 0, 3, 3));
    assertThat(fit.iou()).isCloseTo(1, EXACT);
  }

  @Test
  void aBowlIsOneComponent() {
    // Its two arms meet only in the last row, after both were begun.
    float[][] map = {
      {5, 0, 0, 5, 0}, {5, 0, 0, 5, 0}, {5, 5, 5, 5, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0},
    };
    assertThat(RegionMeasure.DEFAULT.of(map, rectangle(5, 0, 0, 4, 3)).iou()).isCloseTo(1, EXACT);
  }

  @Test
  void ofEqualComponentsTheFirstInRowOrder() {
    float[][] map = {{0, 0, 0, 5}, {5, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    assertThat(RegionMeasure.DEFAULT.of(map, rectangle(4, 3, 0, 4, 1)).iou()).isCloseTo(1, EXACT);
  }

  @Test
  void agreesWithAPlainSortOnRandomMaps() {
    java.util.Random random = new java.util.Random(5);
    for (int trial = 0; trial < 20; trial++) {
      int size = 40;
      float[] map = new float[size * size]; // as fine as the square: no upsampling
      float[] coverage = new float[size * size];
      double area = 0;
      for (int i = 0; i < map.length; i++) {
        map[i] = random.nextInt(40) - 10;
        coverage[i] = random.nextInt(4) == 0 ? random.nextInt(257) / 256f : 0;
        area += coverage[i];
      }
      RegionMask mask = new RegionMask(size, size, coverage, new RegionMask.Box(0, 0, size, size));
      double accuracy = RegionMeasure.DEFAULT.of(map, size, size, mask).rankAccuracy();
      assertThat(accuracy).isCloseTo(byLevels(map, coverage, area), within(1e-9));
    }
  }

  /** Fills K from the highest level down. */
  private static double byLevels(float[] map, float[] coverage, double area) {
    double left = area;
    double hits = 0;
    for (int level = 30; level >= 0 && left > 0; level--) {
      double count = 0;
      double inside = 0;
      for (int i = 0; i < map.length; i++) {
        if (Math.max(0, map[i]) == level) {
          count++;
          inside += coverage[i];
        }
      }
      if (count > 0) {
        hits += inside * Math.min(1, left / count);
        left -= count;
      }
    }
    return hits / area;
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> new RegionMeasure(-1, 0.15))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new RegionMeasure(15, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new RegionMeasure(15, Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void refusesRastersThatAreNone() {
    RegionMask.Box box = new RegionMask.Box(0, 0, 1, 1);
    assertThatThrownBy(() -> new RegionMask(2, 2, new float[4], box))
        .hasMessageContaining("covers nothing");
    assertThatThrownBy(() -> new RegionMask(1, 1, new float[] {1.5f}, box))
        .hasMessageContaining("1.5");
  }
}
