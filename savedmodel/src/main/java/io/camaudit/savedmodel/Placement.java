package io.camaudit.savedmodel;

/**
 * Where the model's input, a rectangle of width × height, lies on the photograph, in continuous
 * coordinates that count from the left and top edges of the first pixel: {@code photoX = left +
 * inputX · scaleX}, {@code photoY = top + inputY · scaleY}. The rectangle may end inside the
 * photograph (crop) or reach beyond it (letterbox).
 *
 * @param left photograph's x of the rectangle's left edge, pixels
 * @param top photograph's y of the rectangle's top edge, pixels
 * @param scaleX photograph's pixels for one of the input's, greater than 0
 * @param scaleY likewise, down
 * @param width of the model's input, pixels
 * @param height likewise
 */
public record Placement(
    double left, double top, double scaleX, double scaleY, int width, int height) {
  /** The same rectangle on the photograph resized by the factors x and y. */
  public Placement resized(double x, double y) {
    return new Placement(left * x, top * y, scaleX * x, scaleY * y, width, height);
  }
}
