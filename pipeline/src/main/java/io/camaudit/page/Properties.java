package io.camaudit.page;

import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.PropertyFlag;
import io.camaudit.stats.PropertyStatistics;
import io.camaudit.stats.Separation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What images are like apart from what they show, as rows and sentences to show. */
final class Properties {
  /** More would be read by nobody; all are in {@code classes.json}. */
  private static final int MOST_CLASSES = 6;

  private Properties() {}

  /** A class's table, beside the dataset's means. */
  static List<ClassData.PropertyRow> rows(ClassStatistics row, DatasetStatistics statistics) {
    List<ClassData.PropertyRow> rows = new ArrayList<>();
    Map<String, PropertyStatistics> all = statistics.dataset().properties();
    row.properties()
        .forEach(
            (field, found) -> {
              Glossary.Entry entry = Glossary.of(field);
              rows.add(
                  new ClassData.PropertyRow(
                      entry.name(),
                      entry.help(),
                      entry.kind(),
                      found.mean().mean(),
                      all.containsKey(field) ? (Double) all.get(field).mean().mean() : null,
                      triple(found.againstRest()),
                      triple(found.rightAgainstWrong()),
                      isFlag(row, field, PropertyFlag.Comparison.CLASS_AGAINST_REST, statistics),
                      isFlag(row, field, PropertyFlag.Comparison.RIGHT_AGAINST_WRONG, statistics)));
            });
    return rows;
  }

  private static double[] triple(Separation found) {
    return found == null
        ? null
        : new double[] {
          Words.round(found.auc()), Words.round(found.low()), Words.round(found.high())
        };
  }

  /** True or null, which is left out. */
  private static Boolean isFlag(
      ClassStatistics row,
      String field,
      PropertyFlag.Comparison comparison,
      DatasetStatistics statistics) {
    boolean found =
        statistics.propertyFlags().stream()
            .anyMatch(
                flag ->
                    row.classRef().equals(flag.classRef())
                        && flag.property().equals(field)
                        && flag.comparison() == comparison);
    return found ? true : null;
  }

  /** Why a class's pictures deserve a look. */
  static List<ClassData.FlagData> flags(ClassStatistics row, DatasetStatistics statistics) {
    return statistics.propertyFlags().stream()
        .filter(flag -> row.classRef().equals(flag.classRef()))
        .map(Properties::data)
        .toList();
  }

  /** The classes with the clearest flags, and all together where they have one. */
  static Overview.Told overview(DatasetStatistics statistics, ClassKeys keys) {
    if (statistics.dataset().properties().isEmpty()) {
      return null;
    }
    Map<String, List<PropertyFlag>> byClass = new LinkedHashMap<>();
    for (PropertyFlag flag : statistics.propertyFlags()) {
      String key = flag.classRef() == null ? "" : keys.of(flag.classRef());
      byClass.computeIfAbsent(key, k -> new ArrayList<>()).add(flag);
    }
    List<Overview.Suspect> classes = new ArrayList<>();
    byClass.forEach(
        (key, flags) -> {
          if (classes.size() < MOST_CLASSES) {
            String name = key.isEmpty() ? "All classes" : flags.get(0).classRef().name();
            classes.add(
                new Overview.Suspect(
                    key, name, false, flags.stream().map(Properties::data).toList(), null));
          }
        });
    return new Overview.Told(classes, byClass.size() - classes.size());
  }

  private static ClassData.FlagData data(PropertyFlag flag) {
    String name = Glossary.of(flag.property()).name();
    return new ClassData.FlagData(
        flag.comparison() == PropertyFlag.Comparison.CLASS_AGAINST_REST
            ? name
            : name + ", right against wrong",
        flag.sentence(),
        flag.caution());
  }
}
