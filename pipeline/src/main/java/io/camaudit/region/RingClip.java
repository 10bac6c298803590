package io.camaudit.region;

import io.camaudit.measure.RegionMask;
import java.util.Arrays;

/** Clips rings to a rectangle. */
final class RingClip {
  private RingClip() {}

  /**
   * The part of a ring within a window; empty if there is none (Sutherland and Hodgman 1974). Parts
   * that the window separates stay joined along its edges, which adds no area.
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

  /**
   * The smallest box around the part of a ring's inside that lies within a window: around what the
   * window leaves of its edges, and those corners of the window that it encloses. The clipped ring
   * would not do, for it strays along the window's edges.
   *
   * @return null if nothing of the ring lies within the window
   */
  static RegionMask.Box box(RegionMask.Box window, double[] ring) {
    double[] box = {
      Double.POSITIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      includeEdge(box, window, ring[j], ring[j + 1], ring[i], ring[i + 1]);
    }
    for (double x : new double[] {window.left(), window.right()}) {
      for (double y : new double[] {window.top(), window.bottom()}) {
        if (encloses(ring, x, y)) {
          include(box, x, y);
        }
      }
    }
    return box[0] > box[2] ? null : new RegionMask.Box(box[0], box[1], box[2], box[3]);
  }

  /** The part of an edge within the window (Liang and Barsky 1984). */
  private static void includeEdge(
      double[] box, RegionMask.Box window, double x0, double y0, double x1, double y1) {
    double[] part = {0, 1};
    cut(part, x0 - x1, x0 - window.left());
    cut(part, x1 - x0, window.right() - x0);
    cut(part, y0 - y1, y0 - window.top());
    cut(part, y1 - y0, window.bottom() - y0);
    if (part[0] <= part[1]) {
      for (double t : part) {
        include(
            box,
            Math.min(window.right(), Math.max(window.left(), (1 - t) * x0 + t * x1)),
            Math.min(window.bottom(), Math.max(window.top(), (1 - t) * y0 + t * y1)));
      }
    }
  }

  /** Keeps the part with {@code t · step ≤ room}. */
  private static void cut(double[] part, double step, double room) {
    if (step > 0) {
      part[1] = Math.min(part[1], room / step);
    } else if (step < 0) {
      part[0] = Math.max(part[0], room / step);
    } else if (room < 0) {
      part[1] = -1;
    }
  }

  private static void include(double[] box, double x, double y) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }

  /** Whether a ring winds around a point. */
  private static boolean encloses(double[] ring, double x, double y) {
    int turns = 0;
    for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      boolean down = ring[j + 1] <= y && ring[i + 1] > y;
      boolean up = ring[j + 1] > y && ring[i + 1] <= y;
      if (down || up) {
        double t = (y - ring[j + 1]) / (ring[i + 1] - ring[j + 1]);
        if (ring[j] + t * (ring[i] - ring[j]) > x) {
          turns += down ? 1 : -1;
        }
      }
    }
    return turns != 0;
  }
}
