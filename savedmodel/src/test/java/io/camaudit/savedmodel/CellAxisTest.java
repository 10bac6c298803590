package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
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
  void shouldPartTheSideHalfWayBetweenCentres() {
    assertThat(edges(MEASURED)).containsExactly(0, 20, 45, 65, 100);
    assertThat(MEASURED.length(1)).isEqualTo(25);
    assertThat(edges(EVEN)).containsExactly(0, 32, 64, 96, 128, 160, 192, 224);
    assertThat(edges(CellAxis.of(1, 100, List.of(40.0)))).containsExactly(0, 100);
    // Where the coordinate is half-way between two cells, one ends and the next begins.
    for (int cell = 1; cell < 4; cell++) {
      assertThat(MEASURED.coordinate(MEASURED.edge(cell))).isEqualTo(cell - 0.5);
    }
  }

  @Test
  void shouldFindTheCellThatCoversAPlace() {
    for (CellAxis axis : List.of(EVEN, MEASURED, CellAxis.of(1, 9, List.of(2.0)))) {
      for (double u = 0; u < axis.side(); u += 0.5) {
        int cell = axis.cellAt(u);
        assertThat(u).isBetween(axis.edge(cell), axis.edge(cell + 1));
        assertThat(cell)
            .as("of the nearest centre")
            .isEqualTo((int) Math.floor(axis.clamped(u) + 0.5));
      }
      assertThat(axis.cellAt(axis.side())).isEqualTo(axis.cells() - 1);
    }
  }

  @Test
  void shouldMeanEvenCellsByEvenCentres() {
    CellAxis stated = CellAxis.of(4, 100, List.of(12.5, 37.5, 62.5, 87.5));
    CellAxis even = CellAxis.of(4, 100, null);
    assertThat(edges(stated)).containsExactly(edges(even));
    for (double u = 0; u < 100; u += 0.5) {
      assertThat(stated.cellAt(u)).isEqualTo(even.cellAt(u));
    }
    assertThat(even.isEven()).isTrue();
    assertThat(stated.isEven()).as("by measured centres").isFalse();
  }

  @Test
  void shouldRoundEdgesToWholePixelsHalvesUp() {
    for (int cells = 1; cells <= 64; cells++) {
      for (int side = cells; side <= 700; side++) {
        CellAxis axis = CellAxis.of(cells, side, null);
        for (int cell = 0; cell <= cells; cell++) {
          // Of such sizes a quotient of floats is a half where it is one, and nowhere else.
          int expected = Math.round((float) cell * side / cells);
          assertThat(axis.wholeEdge(cell)).isEqualTo(expected);
        }
      }
    }
    CellAxis measured = CellAxis.of(3, 9, List.of(1.0, 4.0, 5.0));
    assertThat(measured.wholeEdge(1)).as("2.5").isEqualTo(3);
    assertThat(measured.wholeEdge(2)).as("4.5").isEqualTo(5);
    assertThat(measured.wholeEdge(3)).isEqualTo(9);
  }

  @Test
  void shouldLayRowsAndColumnsOnTheirOwnSides() {
    CellCenters centers = new CellCenters(List.of(3.0, 5.0), List.of(10.0, 20.0, 60.0));
    CellLayout layout = CellLayout.of(2, 3, 8, 80, centers);
    assertThat(edges(layout.rows())).containsExactly(0, 4, 8);
    assertThat(edges(layout.columns())).containsExactly(0, 15, 40, 80);
    assertThat(layout.height()).isEqualTo(2);
    assertThat(layout.width()).isEqualTo(3);
    assertThat(layout.isEven()).isFalse();
    assertThat(CellLayout.even(2, 3, 8, 80).isEven()).isTrue();
  }

  private static double[] edges(CellAxis axis) {
    return IntStream.rangeClosed(0, axis.cells()).mapToDouble(axis::edge).toArray();
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
