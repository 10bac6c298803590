package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import io.camaudit.stats.PropertyFlag.Comparison;
import io.camaudit.stats.PropertySums.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which properties tell a class's images from all others, or right predictions from wrong ones. A
 * property is a flag if it does so significantly after Benjamini–Hochberg, at {@value
 * Significance#FALSE_DISCOVERY_RATE}, and well enough to matter; both sides need {@value
 * Suspicion#MIN_IMAGES} images. The tests of classes against the rest are one family, those of
 * right against wrong predictions another.
 */
final class PropertySuspicion {
  /**
   * Least distance of the area under the curve from a half. At 0.8 two means are 1.2 standard
   * deviations apart; less comes of what classes show.
   */
  static final double MIN_DISTANCE = 0.3;

  private static final Comparator<PropertyFlag> CLEAREST_FIRST =
      Comparator.comparing(PropertyFlag::comparison)
          .thenComparing(Comparator.comparingDouble(PropertyFlag::severity).reversed());

  /**
   * A row of the table.
   *
   * @param classRef null for the dataset
   * @param images each once
   * @param answers of a multi-label model's dataset each image once a label, else the same
   */
  private record Row(
      ClassRef classRef,
      PropertySums images,
      PropertySums answers,
      Map<Property, PropertyStatistics> statistics) {
    boolean isClass() {
      return classRef != null;
    }
  }

  private record Test(Row row, Property property, Comparison comparison, Separation separation) {
    boolean isLargeEnough() {
      return Math.abs(separation.auc() - 0.5) >= MIN_DISTANCE;
    }
  }

  private final PropertySums dataset;
  private final PropertySums compared;
  private final boolean isEachImageOnce;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param dataset all images, each once
   * @param answers the same, of a multi-label model once a label
   * @param compared images that a class's are compared with, each once, its own among them
   */
  PropertySuspicion(PropertySums dataset, PropertySums answers, PropertySums compared) {
    this.dataset = dataset;
    this.compared = compared;
    // Else classes share images, and what is left without one of them cannot be said from counts.
    this.isEachImageOnce = dataset == answers;
    rows.add(new Row(null, dataset, answers, new LinkedHashMap<>()));
  }

  /** Adds a class, whose images are among the compared ones. */
  void add(ClassRef classRef, PropertySums sums) {
    rows.add(new Row(classRef, sums, sums, new LinkedHashMap<>()));
  }

  /**
   * What was found.
   *
   * @param dataset by field, in the order of the properties; those that no image has are left out
   * @param classes likewise, in the order in which they were added
   * @param flags the clearest first; ties in the order of the classes and properties
   */
  record Findings(
      Map<String, PropertyStatistics> dataset,
      List<Map<String, PropertyStatistics>> classes,
      List<PropertyFlag> flags) {}

  /** Tests all classes that were added. */
  Findings find() {
    List<Test> againstRest = new ArrayList<>();
    List<Test> rightAgainstWrong = new ArrayList<>();
    for (Property property : Property.ALL) {
      if (isShown(property)) {
        long[] all = compared.counts(property);
        rows.forEach(row -> compare(row, property, all, againstRest, rightAgainstWrong));
      }
    }
    List<PropertyFlag> flags = new ArrayList<>();
    List<Test> classes = significant(againstRest);
    for (Test test : isEachImageOnce ? oddOnes(classes) : largeEnough(classes)) {
      flags.add(flag(test, againstRest.size()));
    }
    for (Test test : largeEnough(significant(rightAgainstWrong))) {
      flags.add(flag(test, rightAgainstWrong.size()));
    }
    flags.sort(CLEAREST_FIRST);
    List<Map<String, PropertyStatistics>> shown =
        rows.stream().map(PropertySuspicion::shown).toList();
    return new Findings(shown.get(0), shown.subList(1, shown.size()), List.copyOf(flags));
  }

  /** Formats that all images share, or none has, are no news. */
  private boolean isShown(Property property) {
    long bins = Arrays.stream(dataset.counts(property)).filter(n -> n > 0).count();
    return bins > (property.kind() == Property.Kind.FORMAT ? 1 : 0);
  }

  private void compare(
      Row row,
      Property property,
      long[] all,
      List<Test> againstRest,
      List<Test> rightAgainstWrong) {
    Mean mean = Intervals.mean(row.images.moments(property));
    if (mean == null) {
      return;
    }
    Separation rest = null;
    if (row.isClass()) {
      long[] own = row.images.counts(property);
      rest = Separation.of(own, minus(all, own));
      test(row, property, Comparison.CLASS_AGAINST_REST, rest, againstRest);
    }
    Separation right =
        Separation.of(
            row.answers.counts(property, Answer.RIGHT), row.answers.counts(property, Answer.WRONG));
    test(row, property, Comparison.RIGHT_AGAINST_WRONG, right, rightAgainstWrong);
    row.statistics.put(property, new PropertyStatistics(mean, rest, right));
  }

  /** Notes a test if there are enough images for one. */
  private static void test(
      Row row, Property property, Comparison comparison, Separation separation, List<Test> family) {
    if (separation != null
        && Math.min(separation.count(), separation.others()) >= Suspicion.MIN_IMAGES) {
      family.add(new Test(row, property, comparison, separation));
    }
  }

  private static long[] minus(long[] all, long[] part) {
    long[] rest = all.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= part[i];
    }
    return rest;
  }

  private static List<Test> largeEnough(List<Test> tests) {
    return tests.stream().filter(Test::isLargeEnough).toList();
  }

  /** Enters the adjusted p-values into the rows, and gives the tests that are significant. */
  private static List<Test> significant(List<Test> family) {
    double[] adjusted =
        Significance.benjaminiHochberg(
            family.stream().mapToDouble(test -> test.separation.pValue()).toArray());
    List<Test> significant = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Test test = family.get(i);
      Separation separation = test.separation.adjusted(adjusted[i]);
      boolean rest = test.comparison == Comparison.CLASS_AGAINST_REST;
      test.row.statistics.computeIfPresent(
          test.property,
          (property, found) ->
              new PropertyStatistics(
                  found.mean(),
                  rest ? separation : found.againstRest(),
                  rest ? found.rightAgainstWrong() : separation));
      if (adjusted[i] <= Significance.FALSE_DISCOVERY_RATE) {
        significant.add(new Test(test.row, test.property, test.comparison, separation));
      }
    }
    return significant;
  }

  /**
   * One odd class makes the others differ from their rest, which it is part of, and may hide
   * another odd one. So from the clearest on a class has to stand out from what is left of its rest
   * without the classes that were found odd before by the same property. Of two classes one
   * remains.
   */
  private List<Test> oddOnes(List<Test> tests) {
    List<Test> odd = new ArrayList<>();
    Map<Property, long[]> others = new LinkedHashMap<>();
    List<Test> clearestFirst = new ArrayList<>(tests);
    clearestFirst.sort(
        Comparator.comparingDouble((Test test) -> test.separation.certainDistance()).reversed());
    for (Test test : clearestFirst) {
      long[] own = test.row.images.counts(test.property);
      long[] left = minus(others.getOrDefault(test.property, compared.counts(test.property)), own);
      List<Test> again = new ArrayList<>();
      test(test.row, test.property, test.comparison, Separation.of(own, left), again);
      boolean standsOut =
          again.stream()
              .anyMatch(
                  each ->
                      each.isLargeEnough()
                          && each.separation.pValue() <= Significance.FALSE_DISCOVERY_RATE);
      if (standsOut) {
        odd.add(test);
        others.put(test.property, left);
      }
    }
    return odd;
  }

  private PropertyFlag flag(Test test, int tests) {
    Property property = test.property;
    Separation separation = test.separation;
    boolean rest = test.comparison == Comparison.CLASS_AGAINST_REST;
    String sentence =
        rest
            ? PropertyText.againstRest(
                test.row.classRef,
                property,
                separation,
                test.row.images.moments(property).mean(),
                compared.moments(property).minus(test.row.images.moments(property)).mean(),
                tests)
            : PropertyText.rightAgainstWrong(test.row.classRef, property, separation, tests);
    return new PropertyFlag(
        test.row.classRef,
        property.field(),
        test.comparison,
        separation.certainDistance(),
        separation,
        sentence,
        PropertyText.caution(property, test.comparison));
  }

  private static Map<String, PropertyStatistics> shown(Row row) {
    Map<String, PropertyStatistics> shown = new LinkedHashMap<>();
    row.statistics.forEach((property, found) -> shown.put(property.field(), found));
    return Collections.unmodifiableMap(shown);
  }
}
