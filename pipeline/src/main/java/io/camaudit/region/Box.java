package io.camaudit.region;

import java.util.List;

/** An upright rectangle; right and bottom are exclusive edges, not the last pixel's index. */
public record Box(double left, double top, double right, double bottom) implements Shape {

  /** A box as COCO writes it. */
  public static Box ofSize(double x, double y, double width, double height) {
    return new Box(x, y, x + width, y + height);
  }

  @Override
  public void paint(CoverageCanvas canvas, AxisMap toCanvas) {
    canvas.addRectangle(
        toCanvas.x(left, top), toCanvas.y(left, top),
        toCanvas.x(right, bottom), toCanvas.y(right, bottom));
    canvas.endShape();
  }

  @Override
  public Box bounds() {
    return right > left && bottom > top ? this : null;
  }

  @Override
  public List<double[]> rings() {
    return List.of(new double[] {left, top, right, top, right, bottom, left, bottom});
  }

  /** Whether some of it lies more than a pixel, the slack of rounding, outside a picture. */
  boolean exceeds(int width, int height) {
    return left < -1 || top < -1 || right > width + 1 || bottom > height + 1;
  }
}
