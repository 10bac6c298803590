package io.camaudit.alter;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.measure.PositiveMap;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.CellLayout;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatPlacesTest {
  private static final int SIDE = 14;
  private static final CellLayout SEVEN = CellLayout.even(7, 7, SIDE, SIDE);
  private static final PixelSet ALL = PixelSet.of(SIDE, SIDE, i -> true);
  private static final PixelSet NONE = PixelSet.of(SIDE, SIDE, i -> false);

  /** A map of 7 x 7 cells, each two pixels wide, with heat in one cell and less in another. */
  private static HeatPlaces heat(int hot, int warm) {
    float[] cells = new float[49];
    cells[hot] = 4;
    cells[warm] = Math.max(cells[warm], 1);
    return new HeatPlaces(PositiveMap.of(cells, 7, 7), SEVEN);
  }

  private static List<Integer> pixels(PixelSet set) {
    return IntStream.range(0, set.width() * set.height()).filter(set::has).boxed().toList();
  }

  private static PixelSet block(int left, int top, int width, int height) {
    IntPredicate in =
        i ->
            i % SIDE >= left
                && i % SIDE < left + width
                && i / SIDE >= top
                && i / SIDE < top + height;
    return PixelSet.of(SIDE, SIDE, in);
  }

  @Test
  void theHotSpotIsATenthAroundThePeak() {
    PixelSet spot = heat(24, 24).hotSpot();
    // Of 196 pixels; around one hot cell the four middle ones come first, then their neighbours.
    assertThat(spot.size()).isBetween(12, 20);
    assertThat(pixels(spot)).contains(6 * SIDE + 6, 6 * SIDE + 7, 7 * SIDE + 6, 7 * SIDE + 7);
    assertThat(spot.has(0)).isFalse();
  }

  @Test
  void whatIsEquallyHotIsTakenInRowOrder() {
    float[] cells = new float[49];
    java.util.Arrays.fill(cells, 3);
    PixelSet spot = new HeatPlaces(PositiveMap.of(cells, 7, 7), SEVEN).hotSpot();
    assertThat(pixels(spot)).isEqualTo(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void pixelsWithoutHeatAreNoHotSpot() {
    float[] cells = new float[49 * 4 * 4];
    cells[0] = 1;
    PixelSet spot =
        new HeatPlaces(PositiveMap.of(cells, 28, 28), CellLayout.even(28, 28, SIDE, SIDE))
            .hotSpot();
    assertThat(pixels(spot)).containsExactly(0);
  }

  @Test
  void theHottestWindowIsThreeCellsWide() {
    assertThat(pixels(heat(0, 0).hotWindow())).isEqualTo(pixels(block(0, 0, 6, 6)));
    assertThat(pixels(heat(48, 48).hotWindow())).isEqualTo(pixels(block(8, 8, 6, 6)));
    // Both cells fit into one window: of those that hold both the first.
    assertThat(pixels(heat(24, 16).hotWindow())).isEqualTo(pixels(block(2, 2, 6, 6)));
  }

  @Test
  void placesAreWhereCellsLook() {
    // Rows look at 1, 2, … 7 of 14 pixels, and columns at 7, 8, … 13.
    CellCenters centers =
        new CellCenters(
            List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
            List.of(7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0));
    float[] cells = new float[49];
    cells[3 * 7 + 3] = 1;
    HeatPlaces heat =
        new HeatPlaces(PositiveMap.of(cells, 7, 7), CellLayout.of(7, 7, SIDE, SIDE, centers));
    // The cell looks at (10, 4): one less to each side has half the heat at pixels' middles.
    assertThat(pixels(heat.hotSpot())).isEqualTo(pixels(block(9, 3, 2, 2)));
    // Of the windows that hold it the first is of the cells 1 to 3, which cover rows 1.5 to 4.5 and
    // columns 7.5 to 10.5.
    assertThat(pixels(heat.hotWindow())).isEqualTo(pixels(block(8, 2, 3, 3)));
    // Outermost cells reach the picture's ends.
    cells[48] = 2;
    heat = new HeatPlaces(PositiveMap.of(cells, 7, 7), CellLayout.of(7, 7, SIDE, SIDE, centers));
    assertThat(pixels(heat.hotWindow())).isEqualTo(pixels(block(11, 5, 3, 9)));
  }

  @Test
  void aShapeMovesToTheColdestPlaceThatIsNearest() {
    HeatPlaces heat = heat(24, 24);
    PixelSet object = block(5, 5, 4, 4);
    PixelSet place = heat.coldest(object, ALL, object).orElseThrow();
    assertThat(place.size()).isEqualTo(object.size());
    // Heat reaches as far as the object; straight up is the first of four that are as near.
    assertThat(pixels(place)).isEqualTo(pixels(block(5, 1, 4, 4)));
  }

  @Test
  void aShapeKeepsAwayFromWhatIsTakenAndStaysWhereThePhotographShows() {
    HeatPlaces heat = heat(24, 24);
    PixelSet object = block(5, 5, 4, 4);
    PixelSet below = block(0, 5, SIDE, 9);
    PixelSet place = heat.coldest(object, below, object).orElseThrow();
    assertThat(place.and(object).size()).isZero();
    assertThat(place.and(below).size()).isEqualTo(16);
    assertThat(heat.coldest(object, block(5, 5, 4, 4), object)).isEmpty();
    assertThat(heat.coldest(block(0, 0, SIDE, SIDE), ALL, ALL)).isEmpty();
    assertThat(heat.coldest(NONE, ALL, NONE)).isEmpty();
  }

  @Test
  void shapesWithGapsMoveAsTheyAre() {
    HeatPlaces heat = heat(0, 0);
    PixelSet ring = PixelSet.of(SIDE, SIDE, i -> block(0, 0, 3, 3).has(i) && i != SIDE + 1);
    PixelSet place = heat.coldest(ring, ALL, ring).orElseThrow();
    assertThat(place.size()).isEqualTo(8);
    int first = pixels(place).get(0);
    assertThat(place.has(first + SIDE + 1)).isFalse();
    assertThat(place.and(ring).size()).isZero();
  }
}
