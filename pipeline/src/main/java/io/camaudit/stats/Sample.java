package io.camaudit.stats;

import io.camaudit.measure.PositiveMap;
import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the statistics take from one report: a tenth of its size, so that it travels instead.
 *
 * @param kind of the model
 * @param part what it adds to its row
 * @param predicted the first prediction, of a multi-label model the row's class if it is predicted;
 *     null after a failure
 * @param confidence the first prediction's probability, of a multi-label model the row's class's;
 *     NaN after a failure
 * @param quantities by {@link Quantity}; NaN where absent
 * @param properties by {@link Property}; NaN where absent
 * @param pointingHit null without a region
 * @param map of the first explanation; null if it has nothing positive and finite
 * @param layers of the first explanation's target; empty unless there are several
 */
record Sample(
    ModelKind kind,
    Part part,
    String image,
    ImageStatus status,
    Verdict verdict,
    Boolean correct,
    ClassRef predicted,
    double confidence,
    String overlay,
    double[] quantities,
    double[] properties,
    Boolean pointingHit,
    PositiveMap map,
    List<LayerSample> layers) {

  /** What a view adds to its class's row. */
  static Sample of(ClassView view) {
    Sample sample = of(view.report());
    ClassOutcome outcome = view.outcome();
    if (outcome == null) {
      return sample;
    }
    boolean predicted = Boolean.TRUE.equals(outcome.predicted());
    return new Sample(
        ModelKind.MULTI_LABEL,
        switch (view.part()) {
          case FALSE_ALARM -> Part.FALSE_ALARM;
          case UNLABELLED -> Part.UNLABELLED;
          default -> Part.LABELLED;
        },
        sample.image,
        sample.status,
        sample.verdict,
        sample.correct,
        predicted ? outcome.classRef() : null,
        outcome.probability() == null ? Double.NaN : outcome.probability(),
        sample.overlay,
        sample.quantities,
        sample.properties,
        sample.pointingHit,
        sample.map,
        sample.layers);
  }

  /** A multi-label model's image as one image. */
  static Sample ofImage(ImageReport report) {
    double[] none = new double[Quantity.ALL.size()];
    Arrays.fill(none, Double.NaN);
    return new Sample(
        ModelKind.MULTI_LABEL,
        Part.IMAGE,
        report.image(),
        report.status(),
        null,
        null,
        null,
        Double.NaN,
        null,
        none,
        properties(report.file()),
        null,
        null,
        List.of());
  }

  /** An image of a model with one answer. */
  static Sample of(ImageReport report) {
    Explanation first = report.first();
    boolean usable = first != null && first.status() == ImageStatus.OK;
    RegionFit region = usable ? first.region() : null;
    double[] quantities = new double[Quantity.ALL.size()];
    for (Quantity quantity : Quantity.ALL) {
      quantities[quantity.ordinal()] = quantity.of(usable ? first.attention() : null, region);
    }
    return new Sample(
        report.kind() == null ? ModelKind.SINGLE_LABEL : report.kind(),
        Part.WHOLE,
        report.image(),
        report.status(),
        report.verdict(),
        report.correct(),
        report.predicted(),
        report.predictions().isEmpty() ? Double.NaN : report.predictions().get(0).probability(),
        first == null ? null : first.overlay(),
        quantities,
        properties(report.file()),
        region == null ? null : (Boolean) region.pointingHit(),
        usable ? map(report.image(), first.map()) : null,
        LayerSample.of(report.explanations()));
  }

  private static double[] properties(ImageFile file) {
    return Property.ALL.stream().mapToDouble(property -> property.of(file)).toArray();
  }

  private static PositiveMap map(String image, RawMap map) {
    if (map == null || map.values() == null) {
      return null;
    }
    float[][] rows = map.values();
    if (rows.length != map.height() || rows[0].length != map.width()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "report of %s: its map has %d x %d values, its height and width say %d x %d",
              image,
              rows.length,
              rows[0].length,
              map.height(),
              map.width()));
    }
    return PositiveMap.find(rows).orElse(null);
  }

  double quantity(Quantity quantity) {
    return quantities[quantity.ordinal()];
  }

  double property(Property property) {
    return properties[property.ordinal()];
  }

  Example example(double value) {
    return new Example(image, overlay, predicted, verdict, value);
  }
}
