package io.camaudit.measure;

import io.camaudit.UserException;
import io.camaudit.report.RegionFit;
import io.camaudit.savedmodel.CellLayout;
import java.io.Serializable;

/**
 * How a map agrees with a region. Both are compared on the model's input of W x H pixels: R is the
 * map after ReLU, upsampled bilinearly; M the region's coverage of each pixel, 0 to 1.
 *
 * <ul>
 *   <li>area share: ΣM / (W·H);
 *   <li>energy share, also relevance mass accuracy or energy-based pointing game: ΣR·M / ΣR (Arras
 *       et al. 2022, arXiv:2003.07258; Wang et al. 2020, arXiv:1910.01279);
 *   <li>lift: energy share / area share, 1 by chance;
 *   <li>pointing hit: the peak lies within the tolerance of a pixel that the region touches (Zhang
 *       et al. 2016, arXiv:1608.00507). The peak is the centre of the greatest cell, where the
 *       bilinear surface is greatest; ties go to the first in row order. The distance is to the
 *       pixel's area, 0 inside it, counted as if the input were stretched to a square of side
 *       {@link #TOLERANCE_SIDE};
 *   <li>rank accuracy: {@code ΣM over the K greatest pixels of R / K}, K = ΣM (Arras et al. 2022);
 *       pixels that tie at the K-th place count in proportion;
 *   <li>IoU: of the box around the region and the box around the largest 8-connected component of
 *       {@code R ≥ threshold · max R} (Zhou et al. 2016, arXiv:1512.04150, section 3.2, who take
 *       .2).
 * </ul>
 *
 * <p>The input counts as a whole, a letterbox's padding included: energy there is outside every
 * region. Immutable, for any number of threads.
 *
 * @param tolerance greatest distance of a pointing hit in pixels of an input of 224 x 224; scaled
 *     with the input's width and height
 * @param threshold share of the maximum from which a pixel belongs to the map's box, 0 to 1, not 0
 */
public record RegionMeasure(double tolerance, double threshold) implements Serializable {
  /** The side of the square in which the tolerance is given. */
  public static final int TOLERANCE_SIDE = 224;

  /** 15 pixels of 224, and .15 of the maximum. */
  public static final RegionMeasure DEFAULT = new RegionMeasure(15, 0.15);

  public RegionMeasure {
    if (!(tolerance >= 0 && tolerance <= TOLERANCE_SIDE)) {
      throw UserException.wrongArguments(
          "The pointing tolerance is %s, expected 0 to %d pixels of a square of side %d.",
          tolerance, TOLERANCE_SIDE, TOLERANCE_SIDE);
    }
    if (!(threshold > 0 && threshold <= 1)) {
      throw UserException.wrongArguments(
          "The threshold of the map's box is %s, expected a share of the maximum above 0 and at"
              + " most 1.",
          threshold);
    }
  }

  /** Measures a raw map {@code [h][w]}, before ReLU, that has something positive. */
  public RegionFit of(float[][] raw, RegionMask region) {
    return of(PositiveMap.of(raw), region);
  }

  /** Measures a raw map {@code [height · width]}, before ReLU, row by row. */
  public RegionFit of(float[] raw, int height, int width, RegionMask region) {
    return of(PositiveMap.of(raw, height, width), region);
  }

  private RegionFit of(PositiveMap map, RegionMask region) {
    return of(
        map, CellLayout.even(map.height(), map.width(), region.height(), region.width()), region);
  }

  /**
   * The same of a map whose cells lie as the layout says.
   *
   * @param layout on the region's input
   */
  public RegionFit of(float[] raw, CellLayout layout, RegionMask region) {
    return of(PositiveMap.of(raw, layout.height(), layout.width()), layout, region);
  }

  private RegionFit of(PositiveMap map, CellLayout layout, RegionMask region) {
    UpsampledMap upsampled = UpsampledMap.of(map, layout, region);
    double areaShare = region.area() / ((double) region.width() * region.height());
    double energyShare = upsampled.energyShare();
    return new RegionFit(
        areaShare,
        energyShare,
        energyShare / areaShare,
        pointsAt(map, layout, region),
        RankAccuracy.of(upsampled, region),
        iou(upsampled, region));
  }

  private boolean pointsAt(PositiveMap map, CellLayout layout, RegionMask region) {
    int width = region.width();
    int height = region.height();
    double reachX = tolerance * width / TOLERANCE_SIDE;
    double reachY = tolerance * height / TOLERANCE_SIDE;
    // Lengths along x times H and along y times W: shares of the sides, without a division.
    double reach = tolerance * width * height / TOLERANCE_SIDE;
    double peakX = layout.columns().center(map.peakColumn());
    double peakY = layout.rows().center(map.peakRow());
    int firstX = (int) Math.max(0, peakX - reachX - 1);
    int firstY = (int) Math.max(0, peakY - reachY - 1);
    int lastX = (int) Math.min(width - 1, peakX + reachX);
    int lastY = (int) Math.min(height - 1, peakY + reachY);
    for (int y = firstY; y <= lastY; y++) {
      double dy = distance(peakY, y) * width;
      for (int x = firstX; x <= lastX; x++) {
        double dx = distance(peakX, x) * height;
        if (region.at(x, y) > 0 && dx * dx + dy * dy <= reach * reach) {
          return true;
        }
      }
    }
    return false;
  }

  /** From a point to the nearest point of pixel [first, first + 1], along one axis. */
  private static double distance(double point, int first) {
    return Math.max(0, Math.max(first - point, point - (first + 1)));
  }

  private double iou(UpsampledMap map, RegionMask region) {
    RegionMask.Box box = LargestComponent.box(map, threshold * UpsampledMap.STEPS);
    return box == null ? 0 : box.iou(region.box());
  }
}
