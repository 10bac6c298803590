package io.camaudit.precision;

import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.LocalWork;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.PrecisionAgreement;
import io.camaudit.savedmodel.Precision;
import io.camaudit.stats.Intervals;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Explains a sample of a finished run's images once more, in float32, and compares. */
public final class PrecisionCheck {
  private PrecisionCheck() {}

  /**
   * Runs on this machine, whatever the run itself ran on; nothing is written.
   *
   * @param records the run's reports
   * @param images finds images of the run by their names, in the listing's order
   * @param settings how they were explained
   * @param size at most so many images
   * @throws RuntimeException what made explaining fail
   */
  public static PrecisionAgreement run(
      Iterator<ImageReport> records,
      Function<Set<String>, List<ImageRef>> images,
      ExplainSettings settings,
      int size) {
    long start = System.nanoTime();
    List<ImageReport> sample = PrecisionSample.of(records, size);
    Set<String> names = sample.stream().map(ImageReport::image).collect(Collectors.toSet());
    PrecisionAgreement agreement = compare(sample, inFloat32(images.apply(names), settings));
    return agreement.after(Math.rint((System.nanoTime() - start) / 1e6) / 1e3);
  }

  private static List<ImageReport> inFloat32(List<ImageRef> images, ExplainSettings settings) {
    return LocalWork.explain(images, settings.withPrecision(Precision.FLOAT32));
  }

  /**
   * Compares reports of the same images by name; images that only one side explained do not count.
   */
  static PrecisionAgreement compare(List<ImageReport> reports, List<ImageReport> references) {
    Map<String, ImageReport> byName =
        references.stream()
            .filter(report -> !report.status().isFailure())
            .collect(Collectors.toMap(ImageReport::image, Function.identity()));
    List<PairAgreement> pairs = new ArrayList<>();
    double worst = -1;
    String worstImage = null;
    for (ImageReport report : reports) {
      ImageReport reference = byName.get(report.image());
      if (reference == null) {
        continue;
      }
      PairAgreement pair = PairAgreement.of(report, reference);
      pairs.add(pair);
      if (pair.mapDifference() != null && pair.mapDifference() > worst) {
        worst = pair.mapDifference();
        worstImage = report.image();
      }
    }
    double[] differences =
        pairs.stream()
            .filter(pair -> pair.mapDifference() != null)
            .mapToDouble(PairAgreement::mapDifference)
            .sorted()
            .toArray();
    return new PrecisionAgreement(
        Precision.FLOAT32.toString(),
        pairs.size(),
        share(pairs, PairAgreement::samePrediction),
        share(pairs, PairAgreement::sameVerdict),
        differences.length,
        share(pairs, PairAgreement::samePeak),
        differences.length == 0 ? null : (Double) median(differences),
        differences.length == 0 ? null : (Double) worst,
        worstImage,
        null);
  }

  private static PrecisionAgreement.Share share(
      List<PairAgreement> pairs, Function<PairAgreement, Boolean> property) {
    List<Boolean> known = pairs.stream().map(property).filter(same -> same != null).toList();
    long same = known.stream().filter(Boolean::booleanValue).count();
    Rate rate = Intervals.rate(same, known.size());
    return rate == null
        ? null
        : new PrecisionAgreement.Share(same, rate.of(), rate.value(), rate.low(), rate.high());
  }

  /** The middle one, or the mean of the two in the middle. */
  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return Arrays.stream(sorted, sorted.length % 2 == 1 ? middle : middle - 1, middle + 1)
        .average()
        .orElseThrow();
  }
}
