package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.measure.RegionMask;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoverageCanvasTest {
  private static final RegionMask.Box ALL = new RegionMask.Box(0, 0, 8, 8);

  private static RegionMask rectangle(double x0, double y0, double x1, double y1) {
    CoverageCanvas canvas = new CoverageCanvas(8, 8, ALL);
    canvas.addRectangle(x0, y0, x1, y1);
    canvas.endShape();
    return canvas.mask().orElseThrow();
  }

  private static RegionMask ring(RegionMask.Box window, double... ring) {
    CoverageCanvas canvas = new CoverageCanvas(8, 8, window);
    canvas.addRing(ring);
    canvas.endShape();
    return canvas.mask().orElseThrow();
  }

  @Test
  void aBoxThatCoversHalfAPixelCountsHalf() {
    RegionMask mask = rectangle(1.5, 2, 3, 3.25);
    assertThat(mask.at(1, 2)).isEqualTo(0.5f);
    assertThat(mask.at(2, 2)).isEqualTo(1);
    assertThat(mask.at(1, 3)).isEqualTo(0.125f);
    assertThat(mask.at(2, 3)).isEqualTo(0.25f);
    assertThat(mask.at(3, 2)).isZero();
    assertThat(mask.at(0, 2)).isZero();
    assertThat(mask.area()).isEqualTo(1.5 * 1.25);
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(1.5, 2, 3, 3.25));
  }

  @Test
  void aBoxWithinOnePixel() {
    RegionMask mask = rectangle(2.25, 2.25, 2.75, 2.5);
    assertThat(mask.at(2, 2)).isEqualTo(0.125f);
    assertThat(mask.area()).isEqualTo(0.125);
  }

  @Test
  void aTriangleIsHalfABoxAndTheWayRoundDoesNotMatter() {
    RegionMask clockwise = ring(ALL, 1, 1, 5, 1, 5, 5);
    RegionMask counter = ring(ALL, 5, 5, 5, 1, 1, 1);
    assertThat(clockwise.area()).isCloseTo(8, within(1e-6));
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        float expected = x < 1 || x > 4 || y < 1 || y > x ? 0 : x == y ? 0.5f : 1;
        assertThat(clockwise.at(x, y)).isEqualTo(expected);
        assertThat(counter.at(x, y)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aRingAroundARectangleIsTheRectangle() {
    RegionMask box = rectangle(0.3, 1.7, 6.9, 7.2);
    RegionMask ring = ring(ALL, 0.3, 1.7, 6.9, 1.7, 6.9, 7.2, 0.3, 7.2);
    assertSame(ring, box);
    assertThat(ring.box()).isEqualTo(box.box());
  }

  @Test
  void whatLiesOutsideTheWindowIsClipped() {
    RegionMask.Box window = new RegionMask.Box(0, 1.5, 8, 6.5);
    RegionMask mask = ring(window, -4, -4, 20, -4, 20, 20, -4, 20);
    assertThat(mask.area()).isCloseTo(8 * 5, within(1e-6));
    assertThat(mask.box()).isEqualTo(window);
    CoverageCanvas outside = new CoverageCanvas(8, 8, window);
    outside.addRing(new double[] {1, 7, 5, 7, 5, 8});
    outside.endShape();
    outside.addRectangle(9, 3, 12, 5);
    outside.endShape();
    assertThat(outside.mask()).isEmpty();
  }

  @Test
  void straysOutsideTheWindowDoNotWidenTheBox() {
    // Reaches x = 4 between y = 5.25 and y = 7, and strays far up and down on the left of x = 1.
    RegionMask.Box window = new RegionMask.Box(1, 0, 8, 8);
    RegionMask mask = ring(window, 0, -9, 0, 5.25, 4, 5.25, 4, 7, 0, 7, 0, 20, -2, 20, -2, -9);
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(1, 5.25, 4, 7));
    assertThat(mask.area()).isCloseTo(3 * 1.75, within(1e-6));
  }

  @Test
  void theBoxOfARingAroundTheWindowIsTheWindow() {
    RegionMask.Box window = new RegionMask.Box(1, 0, 7.5, 8);
    assertThat(ring(window, -90, -50, 100, -40, 3, 120).box()).isEqualTo(window);
  }

  @Test
  void theUnionTakesTheGreatestCoverage() {
    CoverageCanvas canvas = new CoverageCanvas(8, 8, ALL);
    canvas.addRectangle(0, 0, 2.5, 1);
    canvas.endShape();
    canvas.addRectangle(2.25, 0, 4, 1);
    canvas.endShape();
    RegionMask mask = canvas.mask().orElseThrow();
    assertThat(mask.at(1, 0)).isEqualTo(1);
    assertThat(mask.at(2, 0)).isEqualTo(0.75f);
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(0, 0, 4, 1));
  }

  @Test
  void roundingTouchesNoPixel() {
    RegionMask mask = rectangle(2 - 1e-9, 2, 4 + 1e-9, 3);
    assertThat(mask.at(1, 2)).isZero();
    assertThat(mask.at(4, 2)).isZero();
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(2, 2, 4, 3));
  }

  @Test
  void agreesWithConstructiveGeometryOnRandomTriangles() {
    Random random = new Random(11);
    for (int trial = 0; trial < 40; trial++) {
      double[] ring = random.doubles(6, -3, 11).toArray();
      Path2D path = new Path2D.Double();
      path.moveTo(ring[0], ring[1]);
      path.lineTo(ring[2], ring[3]);
      path.lineTo(ring[4], ring[5]);
      path.closePath();
      CoverageCanvas canvas = new CoverageCanvas(8, 8, ALL);
      canvas.addRing(ring);
      canvas.endShape();
      RegionMask mask = canvas.mask().orElse(null);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
          Area pixel = new Area(new Rectangle2D.Double(x, y, 1, 1));
          pixel.intersect(new Area(path));
          double expected = area(pixel);
          double got = mask == null ? 0 : mask.at(x, y);
          if (expected > 2 * CoverageCanvas.LEAST_COVERAGE || got > 0) {
            assertThat(got)
                .as("trial %d, pixel %d, %d", trial, x, y)
                .isCloseTo(expected, within(1e-6));
          }
        }
      }
    }
  }

  private static double area(Area area) {
    double sum = 0;
    double[] point = new double[6];
    double[] start = new double[2];
    double[] last = new double[2];
    for (PathIterator i = area.getPathIterator(null); !i.isDone(); i.next()) {
      int kind = i.currentSegment(point);
      if (kind == PathIterator.SEG_MOVETO) {
        start = new double[] {point[0], point[1]};
      } else {
        double[] to = kind == PathIterator.SEG_CLOSE ? start : point;
        sum += last[0] * to[1] - to[0] * last[1];
      }
      last = kind == PathIterator.SEG_CLOSE ? start.clone() : new double[] {point[0], point[1]};
    }
    return Math.abs(sum) / 2;
  }

  @Test
  void aMaskIsTheSumOfItsPixels() {
    // Columns of height 3: 2 out, 4 in (crossing into column 1 and 2), 3 out.
    Runs runs = new Runs(3, 3, new int[] {2, 4, 3});
    CoverageCanvas canvas = new CoverageCanvas(8, 8, ALL);
    runs.paint(canvas, new AxisMap(false, 0.5, 1, 0.5, 2));
    RegionMask mask = canvas.mask().orElseThrow();
    // Inside: (0,2), (1,0), (1,1), (1,2); each a quarter of a pixel.
    assertThat(mask.area()).isCloseTo(1, within(1e-6));
    assertThat(mask.at(1, 2)).isEqualTo(0.5f); // (1,0) and (1,1)
    assertThat(mask.at(1, 3)).isEqualTo(0.5f); // (0,2) and (1,2)
    assertThat(mask.box()).isEqualTo(new RegionMask.Box(1, 2, 2, 3.5));
    assertThat(runs.bounds()).isEqualTo(new Box(0, 0, 2, 3));
  }

  private static void assertSame(RegionMask got, RegionMask expected) {
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        assertThat(got.at(x, y)).isCloseTo(expected.at(x, y), within(1e-6f));
      }
    }
  }
}
