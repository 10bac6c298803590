package io.camaudit.region;

import java.util.List;

/**
 * A mask as COCO's run lengths: pixels column by column from the left, each column from the top;
 * {@code counts} alternate between outside and inside, beginning with outside.
 *
 * @param counts at least 0, their sum is width · height
 */
record Runs(int width, int height, int[] counts) implements Shape {

  @Override
  public void paint(CoverageCanvas canvas, AxisMap toCanvas) {
    forEachRectangle(
        (left, top, right, bottom) ->
            canvas.addRectangle(
                toCanvas.x(left, top), toCanvas.y(left, top),
                toCanvas.x(right, bottom), toCanvas.y(right, bottom)));
    canvas.endShape();
  }

  @Override
  public Box bounds() {
    int[] box = {width, height, 0, 0};
    forEachRectangle(
        (left, top, right, bottom) -> {
          box[0] = Math.min(box[0], left);
          box[1] = Math.min(box[1], top);
          box[2] = Math.max(box[2], right);
          box[3] = Math.max(box[3], bottom);
        });
    return new Box(box[0], box[1], box[2], box[3]).bounds();
  }

  @Override
  public List<double[]> rings() {
    return MaskOutline.of(this);
  }

  /** Row by row, whether each pixel is inside. */
  boolean[] pixels() {
    boolean[] inside = new boolean[width * height];
    forEachRectangle(
        (left, top, right, bottom) -> {
          for (int y = top; y < bottom; y++) {
            java.util.Arrays.fill(inside, y * width + left, y * width + right, true);
          }
        });
    return inside;
  }

  /** Visits disjoint rectangles, left to right, that together are the mask. */
  private void forEachRectangle(Visitor visitor) {
    long position = 0;
    for (int i = 0; i < counts.length; i++) {
      long end = position + counts[i];
      if (i % 2 == 1) {
        visitRun(position, end, visitor);
      }
      position = end;
    }
  }

  private void visitRun(long position, long end, Visitor visitor) {
    while (position < end) {
      int column = (int) (position / height);
      int row = (int) (position % height);
      long whole = (end - position) / height;
      if (row == 0 && whole > 0) {
        visitor.visit(column, 0, (int) (column + whole), height);
        position += whole * height;
      } else {
        int length = (int) Math.min(end - position, height - row);
        visitor.visit(column, row, column + 1, row + length);
        position += length;
      }
    }
  }

  private interface Visitor {
    void visit(int left, int top, int right, int bottom);
  }
}
