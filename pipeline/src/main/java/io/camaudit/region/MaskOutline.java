package io.camaudit.region;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Traces the edges between a mask's inside and outside into closed rings, for drawing. */
final class MaskOutline {
  // Directions along the pixels' edges, clockwise.
  private static final int[] DX = {1, 0, -1, 0};
  private static final int[] DY = {0, 1, 0, -1};

  private final Runs mask;
  private final boolean[] inside;
  private final BitSet traced = new BitSet(); // upper edges of pixels already walked along

  private MaskOutline(Runs mask) {
    this.mask = mask;
    this.inside = mask.pixels();
  }

  /** Rings with the inside on their right hand, corners only; holes have rings of their own. */
  static List<double[]> of(Runs mask) {
    MaskOutline outline = new MaskOutline(mask);
    List<double[]> rings = new ArrayList<>();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (outline.inside(x, y)
            && !outline.inside(x, y - 1)
            && !outline.traced.get(y * mask.width() + x)) {
          rings.add(outline.trace(x, y));
        }
      }
    }
    return rings;
  }

  /** Walks with the inside on the right hand, from the upper edge of (startX, startY) eastwards. */
  private double[] trace(int startX, int startY) {
    List<double[]> corners = new ArrayList<>();
    int x = startX;
    int y = startY;
    int direction = 0;
    do {
      if (direction == 0) {
        traced.set(y * mask.width() + x);
      }
      x += DX[direction];
      y += DY[direction];
      int turned = turn(x, y, direction);
      if (turned != direction) {
        corners.add(new double[] {x, y});
      }
      direction = turned;
    } while (x != startX || y != startY || direction != 0);
    double[] ring = new double[2 * corners.size()];
    for (int i = 0; i < corners.size(); i++) {
      ring[2 * i] = corners.get(i)[0];
      ring[2 * i + 1] = corners.get(i)[1];
    }
    return ring;
  }

  /**
   * At a crossing of pixel edges: right if the way ahead has nothing inside, left if it is full.
   */
  private int turn(int x, int y, int direction) {
    boolean aheadRight = ahead(x, y, direction, true);
    boolean aheadLeft = ahead(x, y, direction, false);
    if (!aheadRight) {
      return (direction + 1) % 4; // two pixels that meet at a corner stay apart
    }
    return aheadLeft ? (direction + 3) % 4 : direction;
  }

  private boolean ahead(int x, int y, int direction, boolean right) {
    return switch (direction) {
      case 0 -> inside(x, right ? y : y - 1);
      case 1 -> inside(right ? x - 1 : x, y);
      case 2 -> inside(x - 1, right ? y - 1 : y);
      default -> inside(right ? x : x - 1, y - 1);
    };
  }

  private boolean inside(int x, int y) {
    return x >= 0
        && y >= 0
        && x < mask.width()
        && y < mask.height()
        && inside[y * mask.width() + x];
  }
}
