package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the statistics of a dataset from the accumulators of both passes. */
public final class StatisticsBuilder {
  private StatisticsBuilder() {}

  /**
   * The statistics of reports that can be gone through twice, without Beam: the same bytes as
   * {@link AttentionStatistics} gives. Holds one accumulator a class, never the reports.
   */
  public static DatasetStatistics of(Iterable<ImageReport> reports) {
    Map<ClassKey, ClassAccumulator> accumulators = firstPass(reports);
    return of(accumulators, secondPass(reports, accumulators));
  }

  static Map<ClassKey, ClassAccumulator> firstPass(Iterable<ImageReport> reports) {
    Map<ClassKey, ClassAccumulator> accumulators = new TreeMap<>();
    for (ImageReport report : reports) {
      accumulators.computeIfAbsent(ClassKey.of(report), key -> new ClassAccumulator()).add(report);
    }
    return accumulators;
  }

  static Map<ClassKey, PlaceAccumulator> secondPass(
      Iterable<ImageReport> reports, Map<ClassKey, ClassAccumulator> accumulators) {
    ClassMeans means = ClassMeans.of(accumulators);
    Map<ClassKey, PlaceAccumulator> places = new TreeMap<>();
    for (ImageReport report : reports) {
      ClassKey key = ClassKey.of(report);
      means
          .place(key, Sample.of(report))
          .ifPresent(
              placed -> places.computeIfAbsent(key, k -> new PlaceAccumulator()).add(placed));
    }
    return places;
  }

  static DatasetStatistics of(
      Map<ClassKey, ClassAccumulator> accumulators, Map<ClassKey, PlaceAccumulator> places) {
    // Sums are exact, so the dataset's row needs no pass of its own.
    ClassAccumulator dataset = new ClassAccumulator();
    accumulators.values().forEach(dataset::merge);
    Rows rows = Rows.of(accumulators);
    List<ClassStatistics> classes = new ArrayList<>();
    rows.byClass()
        .forEach(
            (key, accumulator) -> {
              PlaceAccumulator place = places.getOrDefault(key, new PlaceAccumulator());
              classes.add(accumulator.result(key.classRef(), place));
            });
    return new DatasetStatistics(
        DatasetStatistics.SCHEMA,
        rows.grouping(),
        dataset.result(null),
        classes,
        Suspicion.flags(candidates(rows, places)));
  }

  static List<Suspicion.Candidate> candidates(Rows rows, Map<ClassKey, PlaceAccumulator> places) {
    List<Suspicion.Candidate> candidates = new ArrayList<>();
    rows.byClass()
        .forEach(
            (key, accumulator) -> {
              PlaceAccumulator place = places.getOrDefault(key, new PlaceAccumulator());
              candidates.add(
                  new Suspicion.Candidate(key.classRef(), accumulator, place.ownPlace()));
            });
    return candidates;
  }
}
