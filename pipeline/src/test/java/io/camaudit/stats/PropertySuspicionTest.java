package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageProperties;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.PropertyFlag.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertySuspicionTest {
  @Test
  void aClassOfAnotherCameraIsFlaggedAndNoOther() {
    for (int seed = 0; seed < 20; seed++) {
      List<PropertyFlag> flags = StatisticsBuilder.of(camera(seed, 6, 16, 0.25, 8)).propertyFlags();
      assertThat(flags).as("seed %d", seed).isNotEmpty();
      assertThat(flags).allMatch(flag -> flag.classRef().index() == 0);
      assertThat(flags)
          .extracting(PropertyFlag::property)
          .containsExactlyInAnyOrder("brightness", "jpegQuality");
      assertThat(flags).allMatch(flag -> flag.comparison() == Comparison.CLASS_AGAINST_REST);
    }
  }

  @Test
  void amongThreeClassesTheTwoGoodOnesStayClean() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(StatisticsBuilder.of(camera(seed, 3, 40, 0.5, 30)).propertyFlags())
          .as("seed %d", seed)
          .isNotEmpty()
          .allMatch(flag -> flag.classRef().index() == 0);
    }
  }

  @Test
  void oneOddClassDoesNotHideAnother() {
    for (int seed = 0; seed < 10; seed++) {
      List<ImageReport> reports = camera(seed, 6, 24, 0.3, 20);
      List<ImageReport> second = new ArrayList<>();
      for (ImageReport report : reports) {
        boolean odd = report.label().index() == 3;
        second.add(odd ? report(report, properties(0.95, 60)) : report);
      }
      assertThat(StatisticsBuilder.of(second).propertyFlags())
          .filteredOn(flag -> flag.property().equals("brightness"))
          .extracting(flag -> flag.classRef().index())
          .as("seed %d", seed)
          .containsExactly(3, 0);
    }
  }

  @Test
  void ofTwoClassesOneSaysItAll() {
    for (int seed = 0; seed < 10; seed++) {
      assertThat(StatisticsBuilder.of(camera(seed, 2, 24, 0.5, 0)).propertyFlags())
          .filteredOn(flag -> flag.comparison() == Comparison.CLASS_AGAINST_REST)
          .extracting(flag -> flag.classRef().index() + " " + flag.property())
          .as("seed %d", seed)
          .containsExactly("0 brightness");
    }
  }

  @Test
  void sentencesCarryTheirNumbers() {
    PropertyFlag flag =
        StatisticsBuilder.of(camera(3, 6, 16, 0.15, 30)).propertyFlags().stream()
            .filter(each -> each.property().equals("jpegQuality"))
            .findFirst()
            .orElseThrow();
    assertThat(flag.sentence())
        .startsWith("class 0: its images are of lower JPEG quality than those of other classes (")
        .contains("in 100 % of all pairs", "AUC 0.00, 95 % interval 0.00 to 0.07")
        .contains("Mann-Whitney test", "after Benjamini-Hochberg over");
    assertThat(flag.caution()).contains("how files were made");
  }

  /** Before any least effect: the test itself holds its level. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 60})
  void pValuesOfDatasetsWithoutAnyEffectAreNotTooSmall(int images) {
    List<Double> rest = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    int flagged = 0;
    for (int seed = 0; seed < 100; seed++) {
      DatasetStatistics found =
          StatisticsBuilder.of(SyntheticReports.of(9000 + seed, 6, images).list());
      flagged += found.propertyFlags().isEmpty() ? 0 : 1;
      for (ClassStatistics row : found.classes()) {
        row.properties().values().stream()
            .flatMap(each -> Stream.ofNullable(each.againstRest()))
            .filter(each -> each.adjustedPValue() != null)
            .forEach(each -> rest.add(each.pValue()));
        row.properties().values().stream()
            .flatMap(each -> Stream.ofNullable(each.rightAgainstWrong()))
            .filter(each -> each.adjustedPValue() != null)
            .forEach(each -> right.add(each.pValue()));
      }
    }
    assertThat(rest).hasSizeGreaterThan(4000);
    // Of eight images hardly ever five are wrong.
    assertThat(right.size()).isGreaterThan(images < 10 ? -1 : 1000);
    for (List<Double> values : images < 10 ? List.of(rest) : List.of(rest, right)) {
      // Properties of one image are independent here; a class's test and its rest's are not quite.
      double level = values.stream().filter(p -> p <= 0.05).count() / (double) values.size();
      assertThat(level).isLessThan(0.05 + 4 * Math.sqrt(0.05 * 0.95 / values.size()));
    }
    assertThat(flagged).isLessThanOrEqualTo(5);
  }

  @Test
  void trivialDifferencesOfHugeClassesAreNoFlags() {
    List<ImageReport> reports = new ArrayList<>();
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      double shift = i % 2 * 0.02;
      reports.add(report(i, i % 2, i % 2, look(0.5 + 0.1 * random.nextGaussian() + shift, 90)));
    }
    DatasetStatistics found = StatisticsBuilder.of(reports);
    Separation separation = found.classes().get(0).properties().get("brightness").againstRest();
    assertThat(separation.adjustedPValue()).isLessThan(1e-10);
    assertThat(found.propertyFlags()).isEmpty();
  }

  @Test
  void wrongPredictionsOfDarkPicturesAreFlagged() {
    List<ImageReport> reports = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      double brightness = 0.2 + 0.6 * random.nextDouble();
      int label = i % 4;
      reports.add(
          report(i, label, brightness < 0.4 ? (label + 1) % 4 : label, look(brightness, 90)));
    }
    List<PropertyFlag> flags = StatisticsBuilder.of(reports).propertyFlags();
    assertThat(flags).allMatch(flag -> flag.comparison() == Comparison.RIGHT_AGAINST_WRONG);
    assertThat(flags).extracting(PropertyFlag::property).containsOnly("brightness");
    assertThat(flags).extracting(PropertyFlag::classRef).contains((ClassRef) null).hasSize(5);
    assertThat(flags)
        .filteredOn(flag -> flag.classRef() == null)
        .allSatisfy(
            flag ->
                assertThat(flag.sentence())
                    .startsWith("All classes together: the ")
                    .contains("classified correctly are brighter than"));
  }

  @Test
  void formatsAreComparedAsShares() {
    List<ImageReport> reports = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean png = i % 3 == 0 && i > 5;
      ImageFile file =
          new ImageFile(
              png ? "PNG" : "JPEG",
              64,
              64,
              1,
              1L,
              "00",
              properties(0.5, png ? null : (Integer) 90));
      reports.add(report(i, i % 3, i % 3, file));
    }
    DatasetStatistics found = StatisticsBuilder.of(reports);
    var rows = found.classes();
    assertThat(rows.get(0).properties().get("formatPng").mean().mean()).isEqualTo(0.9);
    // A share of .9 against none: .5 + (.9 − 0) / 2.
    assertThat(rows.get(0).properties().get("formatPng").againstRest().auc()).isEqualTo(0.95);
    assertThat(rows.get(0).properties().get("formatJpeg").againstRest().auc())
        .isCloseTo(0.05, within(1e-12));
    assertThat(rows.get(0).properties()).doesNotContainKeys("formatBmp", "formatGif");
    assertThat(found.propertyFlags())
        .extracting(PropertyFlag::property)
        .containsExactlyInAnyOrder("formatJpeg", "formatPng");
    assertThat(found.propertyFlags())
        .extracting(PropertyFlag::sentence)
        .anyMatch(
            sentence ->
                sentence.contains("90 % of its 20 images are PNG files, of the others 0 %"));
    assertThat(rows.get(0).properties().get("aspect").againstRest()).as("all alike").isNull();
  }

  @Test
  void anImageOfAMultiLabelModelCountsOnceAmongTheRest() {
    List<ImageReport> reports = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      // The first six bear label 0, all of them 1 and 2.
      List<ClassOutcome> outcomes = new ArrayList<>();
      for (int label = i < 6 ? 0 : 1; label < 3; label++) {
        outcomes.add(new ClassOutcome(SyntheticReports.classRef(label), 0.9f, true, true, null));
      }
      reports.add(
          new ImageReport(
                  ImageReport.SCHEMA,
                  "i" + i,
                  ImageStatus.OK,
                  null,
                  look(i < 6 ? 0.9 : 0.1, 90),
                  null,
                  List.of(),
                  true,
                  List.of(),
                  null)
              .of(ModelKind.MULTI_LABEL, outcomes));
    }
    DatasetStatistics found = StatisticsBuilder.of(reports);
    Separation separation = found.classes().get(0).properties().get("brightness").againstRest();
    assertThat(separation.count()).isEqualTo(6);
    assertThat(separation.others()).isEqualTo(6);
    assertThat(separation.auc()).isEqualTo(1);
    assertThat(found.classes().get(1).properties().get("brightness").againstRest()).isNull();
    assertThat(found.dataset().properties().get("brightness").mean().count()).isEqualTo(12);
  }

  @Test
  void sumsDoNotDependOnOrderOrGrouping() throws Exception {
    List<ImageReport> reports = new ArrayList<>(camera(7, 3, 30, 0.2, 10));
    byte[] expected = bytes(sum(reports));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(reports, new Random(seed));
      PropertySums one = sum(reports.subList(0, 20));
      one.merge(sum(reports.subList(20, reports.size())));
      assertThat(bytes(one)).isEqualTo(expected);
      assertThat(bytes(PropertySums.read(new java.io.ByteArrayInputStream(expected))))
          .isEqualTo(expected);
    }
    PropertySums all = sum(reports);
    assertThat(java.util.Arrays.stream(all.counts(Property.BRIGHTNESS)).sum()).isEqualTo(90);
    long answers = 0;
    for (PropertySums.Answer answer : PropertySums.Answer.values()) {
      answers += java.util.Arrays.stream(all.counts(Property.BRIGHTNESS, answer)).sum();
    }
    assertThat(answers).isEqualTo(90);
  }

  @Test
  void binsHoldTheirLowerEdges() {
    assertThat(Property.BRIGHTNESS.bin(0)).isZero();
    assertThat(Property.BRIGHTNESS.bin(1)).isEqualTo(127);
    assertThat(Property.WARMTH.bin(-0.9)).isZero();
    assertThat(Property.WARMTH.bin(0)).isEqualTo(128);
    assertThat(Property.JPEG_QUALITY.bin(1)).isZero();
    assertThat(Property.JPEG_QUALITY.bin(100)).isEqualTo(99);
    assertThat(Property.ASPECT.bin(1)).isEqualTo(96);
    assertThat(Property.ASPECT.bin(Math.nextDown(1.0))).isEqualTo(95);
    assertThat(Property.MEGAPIXELS.bin(0.25)).isEqualTo(160);
    assertThat(Property.SHARPNESS.bin(0)).isZero();
    for (Property property : Property.ALL) {
      assertThat(property.bin(1e9)).isEqualTo(property.bins() - 1);
    }
  }

  private static PropertySums sum(List<ImageReport> reports) {
    PropertySums sums = new PropertySums();
    reports.forEach(report -> sums.add(Sample.of(report)));
    return sums;
  }

  private static byte[] bytes(PropertySums sums) throws java.io.IOException {
    var out = new java.io.ByteArrayOutputStream();
    sums.write(out);
    return out.toByteArray();
  }

  /** All classes alike but the first, which is brighter and of a lower JPEG quality. */
  private static List<ImageReport> camera(
      long seed, int classes, int perClass, double brighter, int quality) {
    Random random = new Random(seed);
    List<ImageReport> reports = new ArrayList<>();
    for (int i = 0; i < classes * perClass; i++) {
      int label = i % classes;
      boolean other = label == 0;
      double brightness = 0.35 + 0.08 * random.nextGaussian() + (other ? brighter : 0);
      int saved = 90 + random.nextInt(5) - (other ? quality : 0);
      ImageProperties look =
          new ImageProperties(
              Math.min(1, Math.max(0, brightness)),
              0.2 + 0.05 * random.nextDouble(),
              0.2 * random.nextDouble() - 0.1,
              0.1 * random.nextDouble() - 0.05,
              0.1 + 0.2 * random.nextDouble(),
              saved);
      int predicted = random.nextInt(5) == 0 ? (label + 1) % classes : label;
      reports.add(report(i, label, predicted, file(look)));
    }
    return reports;
  }

  private static ImageFile look(double brightness, Integer quality) {
    return file(properties(brightness, quality));
  }

  private static ImageProperties properties(double brightness, Integer quality) {
    return new ImageProperties(brightness, 0.2, 0, 0, 0.2, quality);
  }

  private static ImageFile file(ImageProperties look) {
    return new ImageFile("JPEG", 640, 480, 1, 1L, "00", look);
  }

  private static ImageReport report(ImageReport other, ImageProperties look) {
    int number = Integer.parseInt(other.image().substring(6));
    return report(number, other.label().index(), other.predicted().index(), file(look));
  }

  private static ImageReport report(int number, int label, int predicted, ImageFile file) {
    ClassRef answer = SyntheticReports.classRef(predicted);
    return new ImageReport(
        ImageReport.SCHEMA,
        "image-%05d".formatted(number),
        ImageStatus.OK,
        null,
        file,
        SyntheticReports.classRef(label),
        List.of(new Prediction(predicted, answer.id(), answer.name(), 1f, 0.5f)),
        label == predicted,
        List.of(),
        null);
  }
}
