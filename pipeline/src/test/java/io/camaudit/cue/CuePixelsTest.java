package io.camaudit.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.alter.PixelSet;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import io.camaudit.savedmodel.Placement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CuePixelsTest {
  private static final PixelSet ALL = PixelSet.of(40, 40, i -> true);
  private static final CellLayout EVEN = even(4);

  @Test
  void theHotCornerIsWhatIsLeft() {
    float[][] map = new float[4][4];
    map[0][3] = 2;
    map[3][0] = -5;
    PixelSet found = CuePixels.of(map, EVEN, ALL).orElseThrow();
    assertThat(found.has(5 * 40 + 35)).as("the centre of the hot cell").isTrue();
    assertThat(found.has(35 * 40 + 5)).as("the centre of the coldest").isFalse();
    assertThat(found.size()).isBetween(50, 400);
    PixelSet left = PixelSet.of(40, 40, i -> i % 40 < 36);
    PixelSet seen = CuePixels.of(map, EVEN, left).orElseThrow();
    assertThat(seen.and(left).size()).as("bars are left out").isEqualTo(seen.size());
  }

  @Test
  void theHotCornerLiesWhereItsCellLooks() {
    float[][] map = new float[4][4];
    map[3][3] = 2;
    List<Double> centers = List.of(2.0, 6.0, 10.0, 14.0);
    CellLayout upperLeft = CellLayout.of(4, 4, 40, 40, new CellCenters(centers, centers));
    PixelSet found = CuePixels.of(map, upperLeft, ALL).orElseThrow();
    assertThat(found.has(30 * 40 + 30)).as("held beyond the last centre").isTrue();
    assertThat(found.has(16 * 40 + 16)).as("hot, and not so in even cells").isTrue();
    assertThat(CuePixels.of(map, EVEN, ALL).orElseThrow().has(16 * 40 + 16)).isFalse();
  }

  @Test
  void aMapWithoutAnythingPositiveHasNoPlace() {
    assertThat(CuePixels.of(new float[][] {{-1, 0}, {0, -2}}, even(2), ALL)).isEmpty();
    assertThat(CuePixels.of(new float[][] {{1, Float.NaN}, {0, 0}}, even(2), ALL)).isEmpty();
    float[][] corner = new float[8][8];
    corner[0][0] = 1;
    PixelSet bars = PixelSet.of(40, 40, i -> i % 40 > 35);
    assertThat(CuePixels.of(corner, even(8), bars)).as("heat on bars only").isEmpty();
  }

  @Test
  void blurringIsAWeightedMeanOfWhatLiesInThePicture() {
    double[] even = new double[12 * 7];
    Arrays.fill(even, 3);
    assertThat(new GaussianBlur(2, 1).of(even, 12, 7)).containsExactly(even, within(1e-12));
    double[] point = new double[41 * 41];
    point[20 * 41 + 20] = 1;
    double[] blurred = new GaussianBlur(3, 1.5).of(point, 41, 41);
    assertThat(Arrays.stream(blurred).sum()).isCloseTo(1, within(1e-12));
    double centre = blurred[20 * 41 + 20];
    assertThat(blurred[20 * 41 + 23] / centre).isCloseTo(Math.exp(-0.5), within(1e-12));
    assertThat(blurred[17 * 41 + 20] / centre).isCloseTo(Math.exp(-2), within(1e-12));
  }

  @Test
  void otsuPartsWhereTheVarianceBetweenIsGreatest() {
    Random random = new Random(5);
    double[] values = new double[600];
    Arrays.setAll(values, i -> Math.abs((i < 500 ? 10 : 60) + 8 * random.nextGaussian()));
    double greatest = Arrays.stream(values).max().orElseThrow();
    long[] levels = Arrays.stream(values).mapToLong(v -> Math.round(255 * v / greatest)).toArray();
    int best = -1;
    double most = -1;
    for (int t = 0; t < 255; t++) {
      int step = t;
      long[] low = Arrays.stream(levels).filter(level -> level <= step).toArray();
      long[] high = Arrays.stream(levels).filter(level -> level > step).toArray();
      if (low.length > 0 && high.length > 0) {
        double apart =
            Arrays.stream(high).average().orElseThrow()
                - Arrays.stream(low).average().orElseThrow();
        double between = low.length * (double) high.length * apart * apart;
        if (between > most * (1 + 1e-12)) {
          most = between;
          best = t;
        }
      }
    }
    Otsu otsu = Otsu.of(values);
    for (int i = 0; i < values.length; i++) {
      assertThat(otsu.isHigh(values[i])).isEqualTo(levels[i] > best);
    }
  }

  @Test
  void pixelsAreLaidBackOnThePhotographWhereTheInputWasTaken() {
    // A crop of the middle, twice as large: the input's pixel is ((x - 7) / 2, y / 2).
    PixelSet square = PixelSet.of(10, 10, i -> i % 10 >= 6 && i / 10 < 3 || i == 90);
    PlacedMask mask =
        PlacedMask.of(square, new Placement(7, 0, 2, 2, 10, 10), 34, 20).orElseThrow();
    boolean[] inside = pixels(mask);
    for (int x = 0; x < 34; x++) {
      for (int y = 0; y < 20; y++) {
        int u = Math.floorDiv(x - 7, 2);
        boolean expected = u >= 0 && u < 10 && square.has(y / 2 * 10 + u);
        assertThat(inside[x * 20 + y]).as("%d %d", x, y).isEqualTo(expected);
      }
    }
    assertThat(mask.area()).isEqualTo(52);
    assertThat(mask.box()).containsExactly(7, 0, 20, 20);
  }

  @Test
  void theInputMayReachBeyondThePhotograph() {
    // A letterbox: bars above and below are no photograph.
    PixelSet all = PixelSet.of(8, 8, i -> true);
    Placement letterbox = new Placement(0, -4, 2, 2, 8, 8);
    PlacedMask mask = PlacedMask.of(all, letterbox, 16, 8).orElseThrow();
    assertThat(mask.counts()).containsExactly(0, 128);
    assertThat(mask.box()).containsExactly(0, 0, 16, 8);
    assertThat(PlacedMask.of(PixelSet.of(8, 8, i -> i < 8), letterbox, 16, 8)).isEmpty();
  }

  /** So many cells along each side of 40 pixels. */
  private static CellLayout even(int cells) {
    return CellLayout.even(cells, cells, 40, 40);
  }

  /** Column by column, as COCO counts. */
  private static boolean[] pixels(PlacedMask mask) {
    boolean[] inside = new boolean[mask.width() * mask.height()];
    int at = 0;
    for (int i = 0; i < mask.counts().length; i++) {
      for (int n = 0; n < mask.counts()[i]; n++) {
        inside[at++] = i % 2 == 1;
      }
    }
    assertThat(at).isEqualTo(inside.length);
    return inside;
  }
}
