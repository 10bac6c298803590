package io.camaudit.compare;

import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * How far a map moved between two runs: of the first explanation of each, after ReLU.
 *
 * @param sameTarget whether both explain the same class; maps of different classes may differ
 *     though neither model changed its mind about where things are
 * @param correlation Pearson's r over the cells, −1 to 1; null if the grids differ, a map is
 *     constant, or one of them has nothing positive
 * @param peakDistance Euclidean distance between the peaks in widths and heights of the model's
 *     input, 0 to 1.414; null if one of the maps has nothing positive
 */
record MapMove(boolean sameTarget, Double correlation, Double peakDistance) {
  /** What two orders of the same sums may differ by: the same map correlates with itself by 1. */
  private static final double ROUNDING = 0x1p-30;

  /** Whether the maps can be compared and are not the same in shape. */
  boolean isMove() {
    return correlation != null && (correlation < 1 || peakDistance > 0);
  }

  static MapMove between(ImageReport before, ImageReport after) {
    Explanation a = before.first();
    Explanation b = after.first();
    if (a == null || b == null) {
      return new MapMove(false, null, null);
    }
    boolean same = a.target().isSameAs(b.target());
    if (a.status() != ImageStatus.OK || b.status() != ImageStatus.OK) {
      return new MapMove(same, null, null);
    }
    double x = a.attention().peakX() - b.attention().peakX();
    double y = a.attention().peakY() - b.attention().peakY();
    return new MapMove(
        same, correlation(a.map().values(), b.map().values()), Math.sqrt(x * x + y * y));
  }

  static Double correlation(float[][] a, float[][] b) {
    if (a.length != b.length || a[0].length != b[0].length || a.length * a[0].length < 2) {
      return null;
    }
    double r = new PearsonsCorrelation().correlation(positive(a), positive(b));
    return Double.isNaN(r) ? null : (Double) (Math.rint(r / ROUNDING) * ROUNDING);
  }

  private static double[] positive(float[][] map) {
    double[] cells = new double[map.length * map[0].length];
    for (int y = 0; y < map.length; y++) {
      for (int x = 0; x < map[0].length; x++) {
        cells[y * map[0].length + x] = Math.max(0, map[y][x]);
      }
    }
    return cells;
  }
}
