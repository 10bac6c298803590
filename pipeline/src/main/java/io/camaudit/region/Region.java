package io.camaudit.region;

import io.camaudit.measure.RegionMask;
import io.camaudit.savedmodel.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a model ought to look in one photograph: the union of shapes, in the pixels of the upright
 * photograph.
 */
public final class Region {
  private final List<Shape> shapes;
  private final AxisMap toPhoto;
  private final PhotoFrame photo;
  private final boolean fits;

  private Region(List<Shape> shapes, AxisMap toPhoto, PhotoFrame photo, boolean fits) {
    this.shapes = shapes;
    this.toPhoto = toPhoto;
    this.photo = photo;
    this.fits = fits;
  }

  /**
   * Shapes of an annotation that states the size of its picture; see {@link PhotoFrame#fromStated}.
   *
   * @param statedWidth 0 if unknown, like the height
   */
  static Region of(List<Shape> shapes, int statedWidth, int statedHeight, PhotoFrame photo) {
    return new Region(
        List.copyOf(shapes),
        photo.fromStated(statedWidth, statedHeight),
        photo,
        photo.agreesWith(statedWidth, statedHeight));
  }

  /** Boxes in pixels of the upright photograph, such as a manifest gives. */
  public static Region ofBoxes(List<Box> boxes, PhotoFrame photo) {
    return of(List.copyOf(boxes), 0, 0, photo);
  }

  /**
   * Whether the annotation's stated size has the photograph's proportions. If not, it was made for
   * another picture, and whatever is measured with it is to be doubted.
   */
  public boolean fitsPhoto() {
    return fits;
  }

  /**
   * The region on the model's input, clipped to the part that shows photograph.
   *
   * @param placement of the input on the upright photograph
   * @return empty if nothing of the region shows: outside the photograph, cropped away, or without
   *     area
   */
  public Optional<RegionMask> rasterise(Placement placement) {
    double left = placement.left();
    double top = placement.top();
    double scaleX = placement.scaleX();
    double scaleY = placement.scaleY();
    RegionMask.Box window =
        new RegionMask.Box(
            Math.max(0, -left / scaleX),
            Math.max(0, -top / scaleY),
            Math.min(placement.width(), (photo.width() - left) / scaleX),
            Math.min(placement.height(), (photo.height() - top) / scaleY));
    CoverageCanvas canvas = new CoverageCanvas(placement.width(), placement.height(), window);
    AxisMap toInput = toPhoto.into(left, top, scaleX, scaleY);
    for (Shape shape : shapes) {
      shape.paint(canvas, toInput);
    }
    return canvas.mask();
  }

  /**
   * The shapes' outlines for drawing on the photograph.
   *
   * @return closed rings {@code x0, y0, x1, y1, …} as fractions of the photograph's width and
   *     height, in the order of the annotations, not clipped
   */
  public List<double[]> outlines() {
    List<double[]> outlines = new ArrayList<>();
    for (Shape shape : shapes) {
      for (double[] ring : shape.rings()) {
        double[] placed = new double[ring.length];
        for (int i = 0; i < ring.length; i += 2) {
          placed[i] = toPhoto.x(ring[i], ring[i + 1]) / photo.width();
          placed[i + 1] = toPhoto.y(ring[i], ring[i + 1]) / photo.height();
        }
        outlines.add(placed);
      }
    }
    return outlines;
  }
}
