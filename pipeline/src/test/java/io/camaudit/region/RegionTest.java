package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.measure.RegionMask;
import io.camaudit.savedmodel.Geometry;
import io.camaudit.savedmodel.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {
  private static final Placement SAME = new Placement(0, 0, 1, 1, 8, 8);

  /** EXIF 2.32, section 4.6.4: what the stored row 0 and column 0 are in the upright picture. */
  @ParameterizedTest
  @CsvSource({"5, 0, 0", "6, 3, 0", "7, 3, 5", "8, 0, 5"})
  void turnsStoredCoordinatesWithThePhotograph(int orientation, int uprightX, int uprightY) {
    // Stored 6 x 4, upright 4 x 6; the pixel at the stored origin.
    PhotoFrame photo = new PhotoFrame(4, 6, orientation);
    Region region = Region.of(List.of(new Box(0, 0, 1, 1)), 6, 4, photo);
    RegionMask mask = region.rasterise(SAME).orElseThrow();
    assertThat(mask.area()).isEqualTo(1);
    assertThat(mask.at(uprightX, uprightY)).isEqualTo(1);
    assertThat(region.fitsPhoto()).isTrue();
  }

  @Test
  void anInputThatIsNotSquareHasARegionOfItsShape() {
    Region half = Region.ofBoxes(List.of(new Box(0, 0, 320, 480)), new PhotoFrame(640, 480, 1));
    RegionMask mask =
        half.rasterise(new Placement(0, 0, 640 / 40.0, 480 / 10.0, 40, 10)).orElseThrow();
    assertThat(List.of(mask.width(), mask.height())).containsExactly(40, 10);
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(0, 0, 20, 10));
    assertThat(mask.area()).isEqualTo(200);
  }

  @Test
  void aStoredRowIsAnUprightColumn() {
    // Orientation 6: stored rows become columns from the right.
    PhotoFrame photo = new PhotoFrame(4, 6, 6);
    Region region = Region.of(List.of(new Box(0, 1, 6, 2)), 6, 4, photo);
    RegionMask mask = region.rasterise(SAME).orElseThrow();
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(2, 0, 3, 6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void uprightCoordinatesStay(int orientation) {
    PhotoFrame photo = new PhotoFrame(4, 6, orientation);
    for (int[] stated : new int[][] {{4, 6}, {0, 0}}) {
      Region region = Region.of(List.of(new Box(1, 2, 3, 5)), stated[0], stated[1], photo);
      RegionMask mask = region.rasterise(SAME).orElseThrow();
      assertThat(mask.box()).isEqualTo(new RegionMask.Box(1, 2, 3, 5));
    }
  }

  @Test
  void anotherSizeIsScaledAndAnotherShapeDoubted() {
    PhotoFrame photo = new PhotoFrame(400, 200, 1);
    Region half = Region.of(List.of(new Box(50, 25, 100, 75)), 200, 100, photo);
    assertThat(half.fitsPhoto()).isTrue();
    assertThat(half.rasterise(new Placement(0, 0, 1, 1, 400, 400)).orElseThrow().box())
        .isEqualTo(new RegionMask.Box(100, 50, 200, 150));
    assertThat(Region.of(List.of(new Box(0, 0, 9, 9)), 200, 200, photo).fitsPhoto()).isFalse();
    PhotoFrame turned = new PhotoFrame(400, 200, 6);
    assertThat(Region.of(List.of(new Box(0, 0, 9, 9)), 100, 200, turned).fitsPhoto()).isTrue();
  }

  @Test
  void stretchedWithThePhotograph() {
    PhotoFrame photo = new PhotoFrame(640, 480, 1);
    Placement placement = geometry(Geometry.Kind.STRETCH, null).place(640, 480, 224, 224);
    RegionMask mask =
        Region.ofBoxes(List.of(new Box(0, 0, 320, 240)), photo).rasterise(placement).orElseThrow();
    assertThat(mask.area()).isCloseTo(112 * 112, within(1e-6));
    assertThat(mask.box().right()).isCloseTo(112, within(1e-9));
  }

  @Test
  void croppedWithThePhotograph() {
    // 400 x 200 shows x from 100 to 300 of the photograph.
    PhotoFrame photo = new PhotoFrame(400, 200, 1);
    Placement placement = geometry(Geometry.Kind.CROP, 100).place(400, 200, 100, 100);
    Region whole = Region.ofBoxes(List.of(new Box(0, 0, 200, 200)), photo);
    assertThat(whole.rasterise(placement).orElseThrow().box())
        .isEqualTo(new RegionMask.Box(0, 0, 50, 100));
    Region cut = Region.ofBoxes(List.of(new Box(0, 0, 99, 200)), photo);
    assertThat(cut.rasterise(placement)).as("nothing of it shows").isEmpty();
  }

  @Test
  void aRegionNeverReachesIntoThePadding() {
    // 200 x 100 fills rows 25 to 75 of the square.
    PhotoFrame photo = new PhotoFrame(200, 100, 1);
    Placement placement = geometry(Geometry.Kind.LETTERBOX, null).place(200, 100, 100, 100);
    Region tall = Region.ofBoxes(List.of(new Box(0, -500, 200, 500)), photo);
    RegionMask mask = tall.rasterise(placement).orElseThrow();
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(0, 25, 100, 75));
    assertThat(mask.area()).isCloseTo(5000, within(1e-6));
  }

  @Test
  void outlinesAreFractionsOfTheUprightPhotograph() {
    PhotoFrame photo = new PhotoFrame(4, 6, 6);
    Region region = Region.of(List.of(new Box(0, 0, 3, 2)), 6, 4, photo);
    assertThat(region.outlines()).hasSize(1);
    assertThat(region.outlines().get(0))
        .containsExactly(new double[] {1, 0, 1, 0.5, 0.5, 0.5, 0.5, 0}, within(1e-12));
  }

  @Test
  void aMasksOutlineFollowsItsPixelsWithHolesApart() {
    // A ring of pixels around (1, 1), column by column.
    List<double[]> rings = new Runs(3, 3, new int[] {0, 4, 1, 4}).rings();
    assertThat(rings)
        .containsExactlyInAnyOrder(
            new double[] {3, 0, 3, 3, 0, 3, 0, 0}, new double[] {2, 2, 2, 1, 1, 1, 1, 2});
  }

  @Test
  void pixelsThatMeetAtACornerHaveOutlinesOfTheirOwn() {
    List<double[]> rings = new Runs(2, 2, new int[] {0, 1, 2, 1}).rings();
    assertThat(rings).hasSize(2).allSatisfy(ring -> assertThat(ring).hasSize(8));
  }

  private static Geometry geometry(Geometry.Kind kind, Integer resize) {
    return new Geometry(
        kind, resize == null ? null : Geometry.Resize.ofShorter(resize), List.of(0.0, 0.0, 0.0));
  }
}
