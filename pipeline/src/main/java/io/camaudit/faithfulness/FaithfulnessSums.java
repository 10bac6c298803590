package io.camaudit.faithfulness;

import io.camaudit.report.Faithfulness;
import io.camaudit.stats.Intervals;
import io.camaudit.stats.Mean;
import io.camaudit.stats.MeanChange;
import io.camaudit.stats.Moments;
import io.camaudit.stats.PairedNumbers;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Means over images. The sums are exact, so they do not depend on the order of the images. */
record FaithfulnessSums(List<ImageCurves> images) {

  /**
   * Of everything that was measured.
   *
   * @param kinds of maps, those that the run judges by first
   * @param wanted size of the sample
   */
  Faithfulness summary(Collection<MapKind> kinds, CellGrid grid, String fill, int wanted) {
    Mean untouched = mean(images, ImageCurves::untouched);
    long lost = wanted - images.size();
    MapKind first = kinds.iterator().next();
    return new Faithfulness(
        fill,
        grid.rows(),
        grid.columns(),
        images.size(),
        lost == 0 ? null : (Long) lost,
        untouched == null ? null : (Double) untouched.mean(),
        Removals.SHARES,
        means(images, ImageCurves::anyFirst),
        kinds.stream().map(kind -> of(kind, first)).toList(),
        null);
  }

  private Faithfulness.OfMaps of(MapKind kind, MapKind first) {
    List<ImageCurves.Ends> ends =
        images.stream().map(each -> each.ofMaps().get(kind)).filter(Objects::nonNull).toList();
    return new Faithfulness.OfMaps(
        kind.method(),
        kind.layer(),
        ends.size(),
        estimate(mean(ends, ImageCurves.Ends::gain)),
        means(ends, ImageCurves.Ends::leastFirst),
        means(ends, ImageCurves.Ends::mostFirst),
        kind.equals(first) ? null : difference(kind, first));
  }

  private Faithfulness.Estimate difference(MapKind kind, MapKind first) {
    PairedNumbers gains = new PairedNumbers();
    images.forEach(each -> gains.add(gain(each, first), gain(each, kind)));
    MeanChange change = gains.change();
    return change == null ? null : estimate(change.difference());
  }

  private static double gain(ImageCurves image, MapKind kind) {
    ImageCurves.Ends ends = image.ofMaps().get(kind);
    return ends == null ? Double.NaN : ends.gain();
  }

  private static Faithfulness.Estimate estimate(Mean mean) {
    return mean == null ? null : new Faithfulness.Estimate(mean.mean(), mean.low(), mean.high());
  }

  private static <T> List<Double> means(List<T> of, Function<T, double[]> curve) {
    return of.isEmpty()
        ? List.of()
        : IntStream.range(0, Removals.SHARES.size())
            .mapToObj(i -> mean(of, each -> curve.apply(each)[i]).mean())
            .toList();
  }

  private static <T> Mean mean(List<T> of, ToDoubleFunction<T> number) {
    Moments moments = new Moments();
    of.forEach(each -> moments.add(number.applyAsDouble(each)));
    return Intervals.mean(moments);
  }
}
