package io.camaudit.page;

import io.camaudit.report.ImageStatus;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.Histogram;
import io.camaudit.stats.MapStatistics;
import io.camaudit.stats.Mean;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A class's statistics as rows and bars to show. */
final class ClassNumbers {
  private ClassNumbers() {}

  static List<ClassData.Count> counts(ClassStatistics row) {
    List<ClassData.Count> counts = new ArrayList<>();
    row.byStatus()
        .forEach(
            (status, n) -> {
              if (n > 0 && status != ImageStatus.OK) {
                counts.add(new ClassData.Count(Words.lower(status), n));
              }
            });
    return counts;
  }

  static List<ClassData.NumberRow> numbers(ClassStatistics row, ClassStatistics dataset) {
    List<ClassData.NumberRow> rows = new ArrayList<>();
    rate(
        rows,
        "Accuracy",
        "Share of first predictions that are the label",
        row.accuracy(),
        dataset.accuracy());
    rate(
        rows,
        "Precision",
        "Share of the images predicted to be of the class that bear its label",
        row.precision(),
        dataset.precision());
    rate(
        rows,
        "Recall",
        "Share of the images that bear the label and are predicted to be of the class",
        row.recall(),
        dataset.recall());
    if (row.f1() != null) {
      rows.add(
          new ClassData.NumberRow(
              "F1",
              "Harmonic mean of precision and recall",
              true,
              row.f1(),
              null,
              null,
              dataset.f1()));
    }
    rate(
        rows,
        "Right reason",
        "Share of images where the model looked right, whatever it said",
        row.rightReasonRate(),
        dataset.rightReasonRate());
    rate(
        rows,
        "Right reason when correct",
        "Share that looked right among the correctly classified",
        row.rightReasonRateWhenCorrect(),
        dataset.rightReasonRateWhenCorrect());
    rate(
        rows,
        "Peak in the region",
        "Pointing game: share of maps whose peak lies in the region",
        row.pointingHitRate(),
        dataset.pointingHitRate());
    mean(
        rows,
        "Confidence",
        "Probability of the first prediction",
        true,
        row.confidence(),
        dataset.confidence());
    for (Map<String, Glossary.Entry> part : List.of(Glossary.region(), Glossary.attention())) {
      part.forEach(
          (field, entry) -> {
            if (entry.main()) {
              mean(
                  rows,
                  entry.name(),
                  entry.help(),
                  entry.kind().equals("share"),
                  row.numbers().get(field),
                  dataset.numbers().get(field));
            }
          });
    }
    MapStatistics maps = row.maps();
    if (maps != null && maps.pairAlikeness() != null) {
      Double all = dataset.maps() == null ? null : dataset.maps().pairAlikeness();
      rows.add(
          new ClassData.NumberRow(
              "Alikeness of the maps",
              "Mean cosine between two different maps of the class; 1 is always the same map",
              false,
              maps.pairAlikeness(),
              null,
              null,
              all));
    }
    return rows;
  }

  private static void rate(
      List<ClassData.NumberRow> rows, String name, String help, Rate rate, Rate all) {
    if (rate != null) {
      rows.add(
          new ClassData.NumberRow(
              name,
              help,
              true,
              rate.value(),
              rate.low(),
              rate.high(),
              all == null ? null : all.value()));
    }
  }

  private static void mean(
      List<ClassData.NumberRow> rows,
      String name,
      String help,
      boolean percent,
      Mean mean,
      Mean all) {
    if (mean != null) {
      rows.add(
          new ClassData.NumberRow(
              name,
              help,
              percent,
              mean.mean(),
              mean.low(),
              mean.high(),
              all == null ? null : all.mean()));
    }
  }

  static List<ClassData.Bars> histograms(ClassStatistics row) {
    List<ClassData.Bars> bars = new ArrayList<>();
    row.histograms()
        .forEach((field, histogram) -> bars.add(bars(field, histogram, row.numbers().get(field))));
    return bars;
  }

  private static ClassData.Bars bars(String field, Histogram histogram, Mean mean) {
    Glossary.Entry entry = Glossary.of(field);
    boolean lift = entry.kind().equals("lift");
    List<Double> edges = new ArrayList<>(histogram.edges());
    List<Long> counts = new ArrayList<>(histogram.counts());
    // Lifts have bins up to 50; those that the class leaves empty at the end would squeeze the
    // rest.
    while (lift && counts.size() > 10 && counts.get(counts.size() - 1) == 0) {
      counts.remove(counts.size() - 1);
      if (edges.size() > counts.size() + 1) {
        edges.remove(edges.size() - 1);
      }
    }
    boolean open = edges.size() == counts.size() && lift;
    if (edges.size() == counts.size() && !lift) {
      edges.add(1.0);
    }
    return new ClassData.Bars(
        entry.name(),
        entry.help(),
        entry.kind().equals("share"),
        edges,
        open,
        counts,
        mean == null ? null : mean.mean(),
        lift ? 1.0 : null);
  }
}
