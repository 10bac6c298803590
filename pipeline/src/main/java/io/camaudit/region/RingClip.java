package io.camaudit.region;

import io.camaudit.measure.RegionMask;
import java.util.Arrays;

/** Clips rings to a rectangle, edge by edge (Sutherland and Hodgman 1974). */
final class RingClip {
  private RingClip() {}

  /**
   * The part of a ring within a window; empty if there is none. Parts that the window separates
   * stay joined along its edges, which adds no area.
   */
  static double[] to(RegionMask.Box window, double[] ring) {
    double[] clipped = keep(ring, 0, 1, window.left());
    clipped = keep(clipped, 0, -1, -window.right());
    clipped = keep(clipped, 1, 1, window.top());
    return keep(clipped, 1, -1, -window.bottom());
  }

  /**
   * Keeps the half plane {@code sign · coordinate ≥ least}, the coordinate being x (0) or y (1).
   */
  private static double[] keep(double[] ring, int axis, int sign, double least) {
    double[] kept = new double[ring.length * 2];
    int n = 0;
    for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      double before = sign * ring[j + axis] - least;
      double here = sign * ring[i + axis] - least;
      if (before < 0 != here < 0) {
        double t = before / (before - here);
        // The crossing lies on the window's edge exactly, not only within rounding.
        kept[n + axis] = sign * least;
        kept[n + 1 - axis] = ring[j + 1 - axis] + t * (ring[i + 1 - axis] - ring[j + 1 - axis]);
        n += 2;
      }
      if (here >= 0) {
        kept[n++] = ring[i];
        kept[n++] = ring[i + 1];
      }
    }
    return Arrays.copyOf(kept, n);
  }
}
