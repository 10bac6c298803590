package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellAxisTest {
  private static final CellAxis EVEN = CellAxis.of(7, 224, null);
  private static final CellAxis MEASURED = CellAxis.of(4, 100, List.of(10.0, 30.0, 60.0, 70.0));

  @Test
  void shouldShareTheSideEvenlyWithoutCentres() {
    assertThat(EVEN.coordinate(16)).isEqualTo(0);
    assertThat(EVEN.coordinate(208)).isEqualTo(6);
    assertThat(EVEN.coordinate(0)).isEqualTo(-0.5);
    assertThat(EVEN.center(3)).isEqualTo(112);
  }

  @Test
  void shouldGoStraightBetweenCentres() {
    assertThat(MEASURED.coordinate(10)).isEqualTo(0);
    assertThat(MEASURED.coordinate(20)).isEqualTo(0.5);
    assertThat(MEASURED.coordinate(45)).isEqualTo(1.5);
    assertThat(MEASURED.coordinate(65)).isEqualTo(2.5);
    assertThat(MEASURED.center(2)).isEqualTo(60);
  }

  @Test
  void shouldGoOnBeyondTheOutermostCentres() {
    assertThat(MEASURED.coordinate(0)).isEqualTo(-0.5);
    assertThat(MEASURED.coordinate(80)).isEqualTo(4);
    assertThat(MEASURED.clamped(0)).isEqualTo(0);
    assertThat(MEASURED.clamped(80)).isEqualTo(3);
  }

  @Test
  void shouldEqualEvenCellsForEvenCentres() {
    CellAxis stated = CellAxis.of(4, 100, List.of(12.5, 37.5, 62.5, 87.5));
    CellAxis even = CellAxis.of(4, 100, null);
    for (double u = 0; u <= 100; u += 0.5) {
      assertThat(stated.coordinate(u)).isCloseTo(even.coordinate(u), within(1e-12));
    }
  }

  @Test
  void shouldTakeASingleCellForTheWholeSide() {
    CellAxis one = CellAxis.of(1, 100, List.of(40.0));
    assertThat(one.clamped(0)).isEqualTo(0);
    assertThat(one.clamped(100)).isEqualTo(0);
  }

  @Test
  void shouldRefuseCentresThatDoNotAscendOrDoNotFit() {
    assertThatThrownBy(() -> new CellCenters(List.of(1.0, 1.0), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
    CellCenters centers = new CellCenters(List.of(1.0, 2.0), List.of(1.0));
    assertThat(new ModelCard.Layer("l", 2, 1, 3, centers).centers()).isEqualTo(centers);
    assertThatThrownBy(() -> new ModelCard.Layer("l", 1, 2, 3, centers))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
