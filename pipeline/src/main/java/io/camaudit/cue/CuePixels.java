package io.camaudit.cue;

import io.camaudit.alter.PixelSet;
import io.camaudit.measure.PositiveMap;
import io.camaudit.measure.UpsampledMap;
import io.camaudit.savedmodel.CellLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The pixels of the model's input that show a cue: its map after ReLU, upsampled bilinearly,
 * blurred with σ = half a cell's mean length, and parted by {@link Otsu} over the pixels that show
 * photograph.
 */
final class CuePixels {
  private CuePixels() {}

  /**
   * Empty for a map without anything positive, or with numbers that are not finite.
   *
   * @param map [h][w], of any sign
   * @param layout of its cells on the input
   * @param shown pixels of the input that show photograph; the others are bars
   */
  static Optional<PixelSet> of(float[][] map, CellLayout layout, PixelSet shown) {
    return PositiveMap.find(map).flatMap(positive -> of(positive, layout, shown));
  }

  private static Optional<PixelSet> of(PositiveMap map, CellLayout layout, PixelSet shown) {
    int width = shown.width();
    int height = shown.height();
    UpsampledMap upsampled = UpsampledMap.of(map, layout);
    double[] values = new double[width * height];
    Arrays.setAll(values, upsampled::at);
    GaussianBlur blur = new GaussianBlur(0.5 * width / map.width(), 0.5 * height / map.height());
    double[] blurred = blur.of(values, width, height);
    double[] inside =
        IntStream.range(0, blurred.length)
            .filter(shown::has)
            .mapToDouble(i -> blurred[i])
            .toArray();
    if (Arrays.stream(inside).noneMatch(value -> value > 0)) {
      return Optional.empty();
    }
    Otsu otsu = Otsu.of(inside);
    return Optional.of(PixelSet.of(width, height, i -> shown.has(i) && otsu.isHigh(blurred[i])));
  }
}
