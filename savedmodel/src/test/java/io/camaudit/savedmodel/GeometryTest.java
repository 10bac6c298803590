package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeometryTest {
  private static final Geometry STRETCH = new Geometry(Geometry.Kind.STRETCH, null, null);
  private static final Geometry CROP = new Geometry(Geometry.Kind.CROP, 256, null);
  private static final Geometry LETTERBOX = new Geometry(Geometry.Kind.LETTERBOX, null, null);

  @Test
  void stretchShowsAllOfThePhotograph() {
    assertThat(STRETCH.place(448, 112, 224)).isEqualTo(new Placement(0, 0, 2, 0.5));
  }

  @Test
  void cropShowsTheCentre() {
    // 512 x 256: already at its size, the square starts at ((512 - 224) / 2, (256 - 224) / 2).
    assertThat(CROP.place(512, 256, 224)).isEqualTo(new Placement(144, 16, 1, 1));
    // 640 x 480 becomes 341 x 256 (341.33 rounded down); floor((341 - 224) / 2) = 58.
    assertThat(CROP.place(640, 480, 224))
        .isEqualTo(new Placement(58 * 640 / 341.0, 16 * 1.875, 640 / 341.0, 1.875));
  }

  @Test
  void letterboxReachesBeyondThePhotograph() {
    // 448 x 224 becomes 224 x 112 with bars of 56 above and below.
    assertThat(LETTERBOX.place(448, 224, 224)).isEqualTo(new Placement(0, -112, 2, 2));
  }

  @Test
  void aLineOfPixelsKeepsOneRow() {
    // 1000 x 1 becomes 224 x 1 (0.224 raised to 1); floor(223 / 2) = 111 rows of bar above.
    assertThat(LETTERBOX.place(1000, 1, 224)).isEqualTo(new Placement(0, -111, 1000 / 224.0, 1));
    assertThat(CROP.place(1, 1000, 224).scaleX()).isEqualTo(1 / 256.0);
  }
}
