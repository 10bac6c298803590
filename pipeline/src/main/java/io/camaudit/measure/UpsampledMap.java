package io.camaudit.measure;

import io.camaudit.savedmodel.CellAxis;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;

/**
 * A map after ReLU, upsampled bilinearly onto the model's input of W x H pixels: pixel (x, y) takes
 * the value at the map coordinates of x + ½ and y + ½, clamped to the grid. Those are (x + ½) w / W
 * − ½ and (y + ½) h / H − ½ (half-pixel centres, as TensorFlow and OpenCV resize), or lie between
 * measured centres: {@link CellAxis}.
 *
 * <p>Values are kept relative to the greatest cell, in steps of 2⁻²⁰. Pixels that are equal by
 * symmetry then are equal in spite of rounding, and ranks and thresholds mean the same everywhere.
 */
public final class UpsampledMap {
  /** Number of steps from 0 to the greatest cell. */
  static final int STEPS = 1 << 20;

  private final int width;
  private final int height;
  private final int[] steps;
  private final double energyShare;

  private UpsampledMap(int width, int height, int[] steps, double energyShare) {
    this.width = width;
    this.height = height;
    this.steps = steps;
    this.energyShare = energyShare;
  }

  /** Upsamples the map onto an input without a region. */
  public static UpsampledMap of(PositiveMap map, CellLayout layout) {
    int width = layout.columns().side();
    int height = layout.rows().side();
    float[] everything = new float[width * height];
    Arrays.fill(everything, 1);
    RegionMask.Box box = new RegionMask.Box(0, 0, width, height);
    return of(map, layout, new RegionMask(width, height, everything, box));
  }

  /**
   * Upsamples the map onto the region's pixels.
   *
   * @param layout where the map's cells lie on the region's input
   */
  static UpsampledMap of(PositiveMap map, CellLayout layout, RegionMask region) {
    int width = region.width();
    int height = region.height();
    Axis columns = Axis.of(layout.columns(), width);
    Axis rows = Axis.of(layout.rows(), height);
    double toSteps = STEPS / (double) map.max();
    int[] steps = new int[width * height];
    double[] blended = new double[map.width()];
    double energy = 0;
    double inside = 0;
    for (int y = 0; y < height; y++) {
      rows.blend(map, y, blended);
      for (int x = 0; x < width; x++) {
        double left = blended[columns.before[x]];
        double value = left + (blended[columns.after[x]] - left) * columns.weight[x];
        int pixel = y * width + x;
        energy += value;
        inside += value * region.at(pixel);
        steps[pixel] = (int) (value * toSteps + 0.5);
      }
    }
    // A grid finer than the pixels can hide its few positive cells between the pixels.
    return new UpsampledMap(width, height, steps, energy > 0 ? inside / energy : 0);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  public int pixels() {
    return steps.length;
  }

  /** Values in steps, 0 to {@link #STEPS}, row by row. */
  public int at(int pixel) {
    return steps[pixel];
  }

  /** Share of the energy that the region holds: Σ v·coverage / Σ v, of the values as they were. */
  double energyShare() {
    return energyShare;
  }

  /** Which two cells a pixel lies between, along one axis, and how near it is to the second. */
  private record Axis(int cells, int[] before, int[] after, double[] weight) {
    static Axis of(CellAxis places, int size) {
      int cells = places.cells();
      Axis axis = new Axis(cells, new int[size], new int[size], new double[size]);
      for (int i = 0; i < size; i++) {
        double clamped = places.clamped(i + 0.5);
        axis.before[i] = (int) clamped;
        axis.after[i] = Math.min(cells - 1, axis.before[i] + 1);
        axis.weight[i] = clamped - axis.before[i];
      }
      return axis;
    }

    void blend(PositiveMap map, int y, double[] row) {
      int upper = before[y] * map.width();
      int lower = after[y] * map.width();
      for (int i = 0; i < row.length; i++) {
        double above = map.cells()[upper + i];
        row[i] = above + (map.cells()[lower + i] - above) * weight[y];
      }
    }
  }
}
