package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import io.camaudit.report.CsvTable;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.ReportJson;
import io.camaudit.report.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The files that statistics are written to. The same statistics are always the same bytes. */
public final class StatisticsFiles {
  /** Stands for the row that has no class. */
  private static final ClassRef DATASET = new ClassRef(null, null, null);

  private StatisticsFiles() {}

  /** {@code classes.json}: everything. */
  public static byte[] json(DatasetStatistics statistics) {
    return ReportJson.document(statistics);
  }

  /** Reads {@code classes.json}. */
  public static DatasetStatistics read(byte[] json) throws IOException {
    return ReportJson.mapper().readValue(json, DatasetStatistics.class);
  }

  /**
   * {@code classes.csv}: a line for the dataset, then one a class; rates, means and flags in flat
   * columns that are the same for every run, empty where absent. UTF-8, comma, LF.
   */
  public static byte[] csv(DatasetStatistics statistics) {
    Map<ClassRef, String> flags =
        statistics.flags().stream()
            .collect(
                Collectors.groupingBy(
                    Flag::classRef,
                    Collectors.mapping(flag -> flag.kind().name(), Collectors.joining(" "))));
    Map<ClassRef, String> propertyFlags = propertyFlags(statistics);
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(row("dataset", statistics.dataset(), "", propertyFlags.getOrDefault(DATASET, "")));
    for (ClassStatistics row : statistics.classes()) {
      rows.add(
          row(
              "class",
              row,
              flags.getOrDefault(row.classRef(), ""),
              propertyFlags.getOrDefault(row.classRef(), "")));
    }
    return CsvTable.of(rows.get(0).keySet(), rows);
  }

  /** The properties that are flags, each once, in their order. */
  private static Map<ClassRef, String> propertyFlags(DatasetStatistics statistics) {
    Map<ClassRef, Set<String>> found = new HashMap<>();
    for (Property property : Property.ALL) {
      for (PropertyFlag flag : statistics.propertyFlags()) {
        if (flag.property().equals(property.field())) {
          ClassRef row = flag.classRef() == null ? DATASET : flag.classRef();
          found.computeIfAbsent(row, key -> new LinkedHashSet<>()).add(flag.property());
        }
      }
    }
    Map<ClassRef, String> joined = new HashMap<>();
    found.forEach((row, properties) -> joined.put(row, String.join(" ", properties)));
    return joined;
  }

  private static Map<String, Object> row(
      String kind, ClassStatistics row, String flags, String propertyFlags) {
    ClassRef classRef = row.classRef() == null ? DATASET : row.classRef();
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("row", kind);
    cells.put("index", classRef.index());
    cells.put("id", classRef.id());
    cells.put("name", classRef.name());
    cells.put("images", row.images());
    for (ImageStatus status : ImageStatus.values()) {
      cells.put("status_" + status, row.byStatus().get(status));
    }
    for (Verdict verdict : Verdict.values()) {
      cells.put("verdict_" + verdict, row.byVerdict().get(verdict));
    }
    putRate(cells, "accuracy", row.accuracy());
    putRate(cells, "precision", row.precision());
    putRate(cells, "recall", row.recall());
    cells.put("f1", row.f1());
    putRate(cells, "rightReasonRate", row.rightReasonRate());
    putRate(cells, "rightReasonRateWhenCorrect", row.rightReasonRateWhenCorrect());
    putRate(cells, "pointingHitRate", row.pointingHitRate());
    putMean(cells, "confidence", row.confidence());
    for (Quantity quantity : Quantity.ALL) {
      putMean(cells, quantity.field(), row.numbers().get(quantity.field()));
    }
    MapStatistics maps = row.maps();
    cells.put("maps", maps == null ? 0L : (Long) maps.count());
    cells.put("alikeness", maps == null ? null : (Double) maps.alikeness());
    cells.put("pairAlikeness", maps == null ? null : maps.pairAlikeness());
    putMean(cells, "ownPlace", maps == null ? null : maps.ownPlace());
    cells.put("confusions", confusions(row.confusions()));
    cells.put("flags", flags);
    for (Property property : Property.ALL) {
      PropertyStatistics found = row.properties().get(property.field());
      cells.put(property.field(), found == null ? null : (Double) found.mean().mean());
      cells.put(property.field() + "_auc", auc(found == null ? null : found.againstRest()));
      cells.put(
          property.field() + "_auc_right", auc(found == null ? null : found.rightAgainstWrong()));
    }
    cells.put("propertyFlags", propertyFlags);
    return cells;
  }

  private static Double auc(Separation found) {
    return found == null ? null : (Double) found.auc();
  }

  private static void putRate(Map<String, Object> cells, String name, Rate rate) {
    cells.put(name, rate == null ? null : (Double) rate.value());
    cells.put(name + "_of", rate == null ? 0L : (Long) rate.of());
    cells.put(name + "_low", rate == null ? null : (Double) rate.low());
    cells.put(name + "_high", rate == null ? null : (Double) rate.high());
  }

  private static void putMean(Map<String, Object> cells, String name, Mean mean) {
    cells.put(name, mean == null ? null : (Double) mean.mean());
    cells.put(name + "_count", mean == null ? 0L : (Long) mean.count());
    cells.put(name + "_sd", mean == null ? null : mean.sd());
    cells.put(name + "_low", mean == null ? null : mean.low());
    cells.put(name + "_high", mean == null ? null : mean.high());
  }

  private static String confusions(List<Confusion> confusions) {
    return confusions.stream()
        .map(confusion -> confusion.predicted().name() + " " + confusion.count())
        .collect(Collectors.joining("; "));
  }
}
