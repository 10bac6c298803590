package io.camaudit.image;

import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.CellCenters;
import java.util.Locale;

/**
 * A raw map over the model's input: before ReLU, not normalised. The array is shared, not copied.
 *
 * @param height rows, h
 * @param width columns, w
 * @param values {@code h * w} values, row by row from the top; any sign
 * @param centers where its cells are drawn; null to share the input evenly
 */
public record SaliencyMap(int height, int width, float[] values, CellCenters centers) {
  public SaliencyMap {
    if (height < 1 || width < 1 || values.length != (long) height * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a map of %d x %d cannot have %d values", height, width, values.length));
    }
  }

  /** A map whose cells share the input evenly. */
  public SaliencyMap(int height, int width, float[] values) {
    this(height, width, values, null);
  }

  /**
   * The same map with its cells elsewhere.
   *
   * @param others null to share the input evenly
   */
  public SaliencyMap at(CellCenters others) {
    return new SaliencyMap(height, width, values, others);
  }

  CellAxis across(int inputWidth) {
    return CellAxis.of(width, inputWidth, centers == null ? null : centers.x());
  }

  CellAxis down(int inputHeight) {
    return CellAxis.of(height, inputHeight, centers == null ? null : centers.y());
  }
}
