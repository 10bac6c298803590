package io.camaudit.region;

import java.util.Locale;

/**
 * A photograph as regions see it.
 *
 * @param width pixels, upright: EXIF orientation applied
 * @param height pixels, upright
 * @param orientation EXIF orientation, 1 to 8, by which the stored pixels become upright; 1 where
 *     it is unknown or not to be applied
 */
public record PhotoFrame(int width, int height, int orientation) {
  public PhotoFrame {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "no photograph is %d x %d", width, height));
    }
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "EXIF orientation %d, expected 1 to 8", orientation));
    }
  }

  /** Whether upright means on its side in the file. */
  boolean swapsAxes() {
    return orientation >= 5;
  }

  /**
   * From an annotation's frame to the upright photograph, by this rule:
   *
   * <ul>
   *   <li>no size stated: the coordinates are upright;
   *   <li>orientation 5 to 8, and the stated size is the stored size and not the upright one: the
   *       coordinates are of the stored pixels and are turned with them;
   *   <li>otherwise upright. Orientations 2 to 4 leave the size as it is and so cannot be told from
   *       it, nor can 5 to 8 of a square photograph; annotation tools show pictures upright;
   *   <li>a stated size other than the photograph's (annotated on a smaller copy): scaled.
   * </ul>
   *
   * @param statedWidth of the annotated picture; 0 if unknown, like the height
   */
  AxisMap fromStated(int statedWidth, int statedHeight) {
    if (statedWidth == 0 || statedHeight == 0) {
      return AxisMap.IDENTITY;
    }
    if (swapsAxes() && width != height && statedWidth == height && statedHeight == width) {
      return switch (orientation) {
        case 5 -> new AxisMap(true, 1, 0, 1, 0);
        case 6 -> new AxisMap(true, -1, width, 1, 0);
        case 7 -> new AxisMap(true, -1, width, -1, height);
        default -> new AxisMap(true, 1, 0, -1, height);
      };
    }
    return new AxisMap(false, width / (double) statedWidth, 0, height / (double) statedHeight, 0);
  }

  /**
   * Whether a stated size can be of this photograph: the same proportions within 2 %, either way
   * up.
   */
  boolean agreesWith(int statedWidth, int statedHeight) {
    if (statedWidth == 0 || statedHeight == 0) {
      return true;
    }
    double stated = Math.log(statedWidth / (double) statedHeight);
    double own = Math.log(width / (double) height);
    // One pixel of rounding is more than 2 % of a tiny copy.
    double slack = 0.02 + 1.0 / Math.min(statedWidth, statedHeight);
    return Math.abs(stated - own) <= slack || (swapsAxes() && Math.abs(stated + own) <= slack);
  }
}
