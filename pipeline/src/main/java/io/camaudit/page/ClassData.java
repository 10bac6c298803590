package io.camaudit.page;

import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.stats.Histogram;
import io.camaudit.stats.MapStatistics;
import io.camaudit.stats.Mean;
import io.camaudit.stats.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One class for the browser: the content of {@code data/class-KEY.js}.
 *
 * @param counts what became of the images, other than plainly explained
 * @param order how galleries are sorted, in a sentence
 * @param missing what cannot be shown and why, in sentences
 * @param galleries images by their position in {@code images}
 */
record ClassData(
    String key,
    String name,
    String id,
    long total,
    List<Count> counts,
    List<FlagData> flags,
    MapData mean,
    MapData deviation,
    List<NumberRow> numbers,
    List<Bars> histograms,
    List<Confused> confusions,
    String order,
    List<String> missing,
    List<Shelf> galleries,
    List<ImageData> images) {

  /** How many images ended in some way. */
  record Count(String name, long count) {}

  /** Why the class is suspect. */
  record FlagData(String title, String sentence, String caution) {}

  /** A row of the table of numbers; {@code all} is the dataset's. */
  record NumberRow(
      String name,
      String help,
      boolean percent,
      double value,
      Double low,
      Double high,
      Double all) {}

  /**
   * A histogram.
   *
   * @param edges lower edges of the bins, and the upper edge of the last unless it is {@code open}
   */
  record Bars(
      String name,
      String help,
      boolean percent,
      List<Double> edges,
      boolean open,
      List<Long> bins,
      Double mean,
      Double chance) {}

  /** A wrong first prediction; no {@code key} if that class has no page. */
  record Confused(String key, String name, long count) {}

  /** A gallery. */
  record Shelf(String id, String title, String help, long total, List<Integer> images) {}

  static List<Count> counts(ClassStatistics row) {
    List<Count> counts = new ArrayList<>();
    row.byStatus()
        .forEach(
            (status, n) -> {
              if (n > 0 && status != io.camaudit.report.ImageStatus.OK) {
                counts.add(new Count(Words.lower(status), n));
              }
            });
    return counts;
  }

  static FlagData flag(Flag flag) {
    return new FlagData(Words.name(flag.kind()), flag.sentence(), flag.caution());
  }

  static List<NumberRow> numbers(ClassStatistics row, ClassStatistics dataset) {
    List<NumberRow> rows = new ArrayList<>();
    rate(
        rows,
        "Accuracy",
        "Share of first predictions that are the label",
        row.accuracy(),
        dataset.accuracy());
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
          new NumberRow(
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

  private static void rate(List<NumberRow> rows, String name, String help, Rate rate, Rate all) {
    if (rate != null) {
      rows.add(
          new NumberRow(
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
      List<NumberRow> rows, String name, String help, boolean percent, Mean mean, Mean all) {
    if (mean != null) {
      rows.add(
          new NumberRow(
              name,
              help,
              percent,
              mean.mean(),
              mean.low(),
              mean.high(),
              all == null ? null : all.mean()));
    }
  }

  static List<Bars> histograms(ClassStatistics row) {
    List<Bars> bars = new ArrayList<>();
    row.histograms()
        .forEach((field, histogram) -> bars.add(bars(field, histogram, row.numbers().get(field))));
    return bars;
  }

  private static Bars bars(String field, Histogram histogram, Mean mean) {
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
    return new Bars(
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
