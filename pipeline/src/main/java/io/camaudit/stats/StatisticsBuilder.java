package io.camaudit.stats;

import io.camaudit.report.ImageReport;
import io.camaudit.savedmodel.ModelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the statistics of a dataset from the sums of both passes. */
public final class StatisticsBuilder {
  private StatisticsBuilder() {}

  /**
   * The statistics of reports that can be gone through twice, without Beam: the same bytes as
   * {@link AttentionStatistics} gives. Holds sums by class, never the reports.
   */
  public static DatasetStatistics of(Iterable<ImageReport> reports) {
    return of(sums(reports), List.of());
  }

  static Sums sums(Iterable<ImageReport> reports) {
    Sums sums = new Sums();
    reports.forEach(sums::add);
    ClassMeans means = ClassMeans.of(sums.first());
    reports.forEach(report -> sums.compare(report, means));
    return sums;
  }

  /**
   * The statistics that sums amount to.
   *
   * @param networkOrder the model's layers, first to last, for curves over depth
   */
  static DatasetStatistics of(Sums sums, List<String> networkOrder) {
    // Sums are exact, so the dataset's row needs no pass of its own.
    ClassAccumulator dataset = new ClassAccumulator();
    sums.first().map().values().forEach(dataset::merge);
    Rows rows = Rows.of(sums.first());
    PropertySuspicion.Findings properties = properties(sums, dataset, rows);
    List<ClassStatistics> classes = new ArrayList<>();
    rows.byClass()
        .forEach(
            (key, sum) ->
                classes.add(
                    sum.result(
                        key.classRef(),
                        place(sums.second(), key),
                        properties.classes().get(classes.size()),
                        networkOrder)));
    return new DatasetStatistics(
        DatasetStatistics.SCHEMA,
        dataset.kind(),
        rows.grouping(),
        dataset.result(null, new PlaceAccumulator(), properties.dataset(), networkOrder),
        classes,
        Suspicion.flags(candidates(sums)),
        properties.flags());
  }

  /**
   * A class's images are compared with all others that are in a row; of a multi-label model, whose
   * images may be in several, with all others.
   */
  private static PropertySuspicion.Findings properties(
      Sums sums, ClassAccumulator dataset, Rows rows) {
    PropertySums all = dataset.properties();
    PropertySums compared = new PropertySums();
    if (dataset.kind() == ModelKind.MULTI_LABEL) {
      all = sums.first().of(ClassKey.IMAGES).properties();
      compared = all;
    } else {
      for (ClassAccumulator row : rows.byClass().values()) {
        compared.merge(row.properties());
      }
    }
    PropertySuspicion suspicion = new PropertySuspicion(all, dataset.properties(), compared);
    rows.byClass().forEach((key, row) -> suspicion.add(key.classRef(), row.properties()));
    return suspicion.find();
  }

  static List<Suspicion.Candidate> candidates(Sums sums) {
    List<Suspicion.Candidate> candidates = new ArrayList<>();
    for (Map.Entry<ClassKey, ClassAccumulator> row : Rows.of(sums.first()).byClass().entrySet()) {
      PlaceAccumulator place = place(sums.second(), row.getKey());
      candidates.add(
          new Suspicion.Candidate(row.getKey().classRef(), row.getValue(), place.ownPlace()));
    }
    return candidates;
  }

  private static PlaceAccumulator place(ByClass<PlaceAccumulator> places, ClassKey key) {
    return places.map().getOrDefault(key, new PlaceAccumulator());
  }
}
