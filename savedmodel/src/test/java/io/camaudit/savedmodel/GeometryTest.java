package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeometryTest {
  private static final Geometry STRETCH = new Geometry(Geometry.Kind.STRETCH, null, null);
  private static final Geometry CROP =
      new Geometry(Geometry.Kind.CROP, Geometry.Resize.ofShorter(256), null);
  private static final Geometry LETTERBOX = new Geometry(Geometry.Kind.LETTERBOX, null, null);

  @Test
  void stretchShowsAllOfThePhotograph() {
    assertThat(STRETCH.place(448, 112, 224, 224)).isEqualTo(new Placement(0, 0, 2, 0.5, 224, 224));
  }

  @Test
  void cropShowsTheCentre() {
    // 512 x 256: already at its size, the square starts at ((512 - 224) / 2, (256 - 224) / 2).
    assertThat(CROP.place(512, 256, 224, 224)).isEqualTo(new Placement(144, 16, 1, 1, 224, 224));
    // 640 x 480 becomes 341 x 256 (341.33 rounded down); floor((341 - 224) / 2) = 58.
    assertThat(CROP.place(640, 480, 224, 224))
        .isEqualTo(new Placement(58 * 640 / 341.0, 16 * 1.875, 640 / 341.0, 1.875, 224, 224));
  }

  @Test
  void letterboxReachesBeyondThePhotograph() {
    // 448 x 224 becomes 224 x 112 with bars of 56 above and below.
    assertThat(LETTERBOX.place(448, 224, 224, 224))
        .isEqualTo(new Placement(0, -112, 2, 2, 224, 224));
  }

  @Test
  void aLineOfPixelsKeepsOneRow() {
    // 1000 x 1 becomes 224 x 1 (0.224 raised to 1); floor(223 / 2) = 111 rows of bar above.
    assertThat(LETTERBOX.place(1000, 1, 224, 224))
        .isEqualTo(new Placement(0, -111, 1000 / 224.0, 1, 224, 224));
    assertThat(CROP.place(1, 1000, 224, 224).scaleX()).isEqualTo(1 / 256.0);
  }

  @Test
  void aStretchedInputThatIsNotSquareScalesEachAxis() {
    assertThat(STRETCH.place(400, 300, 200, 100)).isEqualTo(new Placement(0, 0, 2, 3, 200, 100));
  }

  @Test
  void aCropCoversItsFrameWithTheSideThatIsShort() {
    Geometry wide = new Geometry(Geometry.Kind.CROP, new Geometry.Resize(120, 240), null);
    // 480 x 480: the width must become 240, the height is 240 then; the middle 200 x 100.
    assertThat(wide.place(480, 480, 200, 100)).isEqualTo(new Placement(40, 140, 2, 2, 200, 100));
    // 720 x 120: the height is 120 already, of 720 the middle 200.
    assertThat(wide.place(720, 120, 200, 100)).isEqualTo(new Placement(260, 10, 1, 1, 200, 100));
    // Two equal numbers are the shorter side: 640 x 480 becomes 341 x 256 for any input.
    assertThat(CROP.place(640, 480, 200, 100))
        .isEqualTo(new Placement(70 * 640 / 341.0, 78 * 1.875, 640 / 341.0, 1.875, 200, 100));
  }

  @Test
  void aLetterboxFitsIntoItsFrameWithTheSideThatIsLong() {
    // 100 x 100 into 200 x 100 (w x h): 100 x 100 with bars of 50 left and right.
    assertThat(LETTERBOX.place(100, 100, 200, 100))
        .isEqualTo(new Placement(-50, 0, 1, 1, 200, 100));
    // 800 x 200: 200 x 50 with bars of 25 above and below.
    assertThat(LETTERBOX.place(800, 200, 200, 100))
        .isEqualTo(new Placement(0, -100, 4, 4, 200, 100));
    // 400 x 200 fits exactly.
    assertThat(LETTERBOX.place(400, 200, 200, 100)).isEqualTo(new Placement(0, 0, 2, 2, 200, 100));
  }
}
