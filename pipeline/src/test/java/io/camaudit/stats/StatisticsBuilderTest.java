package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.RegionFit;
import io.camaudit.report.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class StatisticsBuilderTest {
  private static final RegionFit HIT = new RegionFit(0.25, 0.5, 2, true, 0.5, 0.4);
  private static final RegionFit MISS = new RegionFit(0.25, 0.1, 0.4, false, 0.1, 0);

  @Test
  void countsAndRatesByHand() {
    float[][] map = {{1, 0}, {0, 0}};
    ClassRef unknown = ClassRef.unmatched("zebra");
    DatasetStatistics statistics =
        StatisticsBuilder.of(
            List.of(
                TestReports.report("a", 1, 1, Verdict.RIGHT_FOR_RIGHT_REASONS, map, HIT),
                TestReports.report("b", 1, 1, Verdict.RIGHT_FOR_WRONG_REASONS, map, MISS),
                TestReports.report("c", 1, 0, Verdict.WRONG_BUT_LOOKED_RIGHT, map, HIT),
                TestReports.report("d", 1, 2, Verdict.WRONG_AND_LOOKED_ELSEWHERE, map, MISS),
                TestReports.report("e", 1, 2, Verdict.NO_REGION, map, null),
                TestReports.report("f", unknown, 2, null, Verdict.NO_REGION, map, null),
                TestReports.report("g", null, 2, null, null, map, null),
                ImageReport.failure(
                    "h", ImageStatus.CORRUPT, "x", null, SyntheticReports.classRef(0)),
                ImageReport.failure("i", ImageStatus.UNREADABLE, "x", null, null)));

    assertThat(statistics.groupedBy()).isEqualTo(Grouping.LABEL);
    assertThat(statistics.classes())
        .extracting(row -> row.classRef().name(), ClassStatistics::images)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("class 0", 1L),
            org.assertj.core.groups.Tuple.tuple("class 1", 5L),
            org.assertj.core.groups.Tuple.tuple("zebra", 1L));
    ClassStatistics row = statistics.classes().get(1);
    assertThat(row.accuracy()).isEqualTo(Intervals.rate(2, 5));
    assertThat(row.rightReasonRate()).isEqualTo(Intervals.rate(2, 4));
    assertThat(row.rightReasonRateWhenCorrect()).isEqualTo(Intervals.rate(1, 2));
    assertThat(row.pointingHitRate()).isEqualTo(Intervals.rate(2, 4));
    assertThat(row.confusions())
        .containsExactly(
            new Confusion(SyntheticReports.classRef(2), 2, 0.4),
            new Confusion(SyntheticReports.classRef(0), 1, 0.2));
    assertThat(row.numbers().get("lift").mean()).isCloseTo(1.2, within(1e-9));
    assertThat(row.numbers().get("entropy").count()).isEqualTo(5);
    assertThat(row.histograms().get("lift").counts().get(1)).isEqualTo(2); // 0.4 in 0.25..0.5
    assertThat(row.histograms().get("lift").counts().get(8)).isEqualTo(2); // 2 in 2..2.5
    assertThat(row.histograms().get("energyShare").counts().get(10)).isEqualTo(2);
    assertThat(row.mostSuspicious())
        .extracting(Example::image)
        .containsExactly("b", "d", "a", "c", "e");

    ClassStatistics dataset = statistics.dataset();
    assertThat(dataset.classRef()).isNull();
    assertThat(dataset.images()).isEqualTo(9);
    assertThat(dataset.byStatus().get(ImageStatus.OK)).isEqualTo(7);
    assertThat(dataset.byStatus().get(ImageStatus.CORRUPT)).isEqualTo(1);
    assertThat(dataset.byStatus().get(ImageStatus.TOO_LARGE)).isZero();
    assertThat(dataset.byVerdict().get(Verdict.NO_REGION)).isEqualTo(2);
    assertThat(dataset.accuracy().of()).isEqualTo(5);

    ClassStatistics failed = statistics.classes().get(0);
    assertThat(failed.accuracy()).isNull();
    assertThat(failed.rightReasonRate()).isNull();
    assertThat(failed.confidence()).isNull();
    assertThat(failed.numbers()).isEmpty();
    assertThat(failed.maps()).isNull();
  }

  @Test
  void rowsAreByPredictionWhereNoImageHasALabel() {
    DatasetStatistics statistics =
        StatisticsBuilder.of(SyntheticReports.of(5, 3, 40).unlabelled().list());
    assertThat(statistics.groupedBy()).isEqualTo(Grouping.PREDICTION);
    assertThat(statistics.classes()).hasSize(3);
    long inRows = statistics.classes().stream().mapToLong(ClassStatistics::images).sum();
    long failed = statistics.dataset().byStatus().get(ImageStatus.CORRUPT);
    assertThat(failed).isPositive();
    assertThat(inRows + failed).isEqualTo(120).isEqualTo(statistics.dataset().images());
    assertThat(statistics.dataset().accuracy()).isNull();
  }

  @Test
  void nothingGivesAnEmptyDataset() {
    DatasetStatistics statistics = StatisticsBuilder.of(List.of());
    assertThat(statistics.dataset().images()).isZero();
    assertThat(statistics.classes()).isEmpty();
    assertThat(statistics.flags()).isEmpty();
  }

  @Test
  void mapsByHand() {
    // Orthogonal maps: unit maps (1,0,0,0) and (0,1,0,0), mean (1/2, 1/2, 0, 0).
    float[][] left = {{4, -9}, {0, 0}};
    float[][] right = {{-1, 0.5f}, {0, 0}};
    float[][] low = {{0, 0}, {2, 2}};
    DatasetStatistics statistics =
        StatisticsBuilder.of(
            List.of(
                TestReports.report("a", 0, 0, Verdict.NO_REGION, left, null),
                TestReports.report("b", 0, 0, Verdict.NO_REGION, right, null),
                TestReports.report("c", 1, 1, Verdict.NO_REGION, low, null)));
    MapStatistics maps = statistics.classes().get(0).maps();
    assertThat(maps.count()).isEqualTo(2);
    assertThat(maps.mean()).isEqualTo(List.of(List.of(0.5, 0.5), List.of(0.0, 0.0)));
    assertThat(maps.sd().get(0).get(0)).isCloseTo(Math.sqrt(0.5), within(1e-9));
    assertThat(maps.alikeness()).isCloseTo(Math.sqrt(0.5), within(1e-9));
    assertThat(maps.pairAlikeness()).isCloseTo(0, within(1e-9));
    assertThat(maps.ownPlace().mean()).isCloseTo(0, within(1e-9));

    MapStatistics single = statistics.classes().get(1).maps();
    assertThat(single.alikeness()).isCloseTo(1, within(1e-9));
    assertThat(single.pairAlikeness()).isNull();
    assertThat(single.sd()).isNull();
    assertThat(single.ownPlace()).isNull();
  }

  /** Every mean, map and cosine again, in doubles, from the definitions. */
  @Test
  void agreesWithARecomputationFromTheDefinitions() {
    List<ImageReport> reports = SyntheticReports.of(21, 4, 60).list();
    DatasetStatistics statistics = StatisticsBuilder.of(reports);
    for (int label = 0; label < 4; label++) {
      ClassStatistics row = statistics.classes().get(label);
      int index = label;
      List<ImageReport> own = usable(reports, report -> report.label().index() == index);
      List<ImageReport> rest = usable(reports, report -> report.label().index() != index);
      assertMean(row.numbers().get("entropy"), own, e -> e.attention().entropy());
      assertMean(row.numbers().get("cornerLift"), own, e -> e.attention().cornerLift());
      assertMean(row.numbers().get("dispersion"), own, e -> e.attention().dispersion());
      assertMean(row.numbers().get("lift"), own, e -> e.region().lift());
      assertMean(row.numbers().get("iou"), own, e -> e.region().iou());
      assertMaps(row, own, rest);
    }
  }

  /** The curve of each class and of the dataset again, in doubles, from the reports. */
  @Test
  void curvesOverDepthAgreeWithARecomputation() {
    List<ImageReport> reports = SyntheticReports.of(22, 3, 50).at(4).list();
    List<String> network = List.of("conv-2", "conv-1", "elsewhere", "conv");
    DatasetStatistics statistics = StatisticsBuilder.of(StatisticsBuilder.sums(reports), network);
    assertCurve(statistics.dataset().layers(), reports);
    for (int label = 0; label < 3; label++) {
      int index = label;
      assertCurve(
          statistics.classes().get(label).layers(),
          reports.stream().filter(report -> report.label().index() == index).toList());
    }
  }

  private static void assertCurve(List<LayerStatistics> curve, List<ImageReport> reports) {
    // The network's order, and what it does not know last.
    assertThat(curve)
        .extracting(LayerStatistics::layer)
        .containsExactly("conv-2", "conv-1", "conv", "conv-3");
    for (LayerStatistics point : curve) {
      List<Explanation> usable =
          reports.stream()
              .flatMap(report -> report.explanations().stream())
              .filter(e -> e.layer().equals(point.layer()) && e.status() == ImageStatus.OK)
              .toList();
      assertThat(usable.size()).isBetween(20, reports.size());
      assertMean(point.entropy(), usable.stream().mapToDouble(e -> e.attention().entropy()));
      assertMean(point.energyShare(), usable.stream().mapToDouble(e -> e.region().energyShare()));
      assertMean(point.lift(), usable.stream().mapToDouble(e -> e.region().lift()));
    }
  }

  @Test
  void oneLayerHasNoCurveAndAnotherTargetIsNotInIt() {
    SyntheticReports one = SyntheticReports.of(23, 2, 20);
    DatasetStatistics statistics = StatisticsBuilder.of(one.list());
    assertThat(statistics.dataset().layers()).isNull();
    assertThat(new String(StatisticsFiles.json(statistics), StandardCharsets.UTF_8))
        .doesNotContain("\"layers\"");

    List<ImageReport> deep = one.at(2).list();
    List<ImageReport> two = deep.stream().map(StatisticsBuilderTest::withAnotherTarget).toList();
    assertThat(StatisticsBuilder.of(two).dataset().layers())
        .isNotNull()
        .isEqualTo(StatisticsBuilder.of(deep).dataset().layers());
    List<ImageReport> oneLayerTwoTargets =
        one.list().stream().map(StatisticsBuilderTest::withAnotherTarget).toList();
    assertThat(StatisticsBuilder.of(oneLayerTwoTargets).dataset().layers()).isNull();
  }

  /**
   * As where the label is explained beside the prediction: the same maps, said of another class.
   */
  private static ImageReport withAnotherTarget(ImageReport report) {
    List<Explanation> explanations = new ArrayList<>(report.explanations());
    for (Explanation each : report.explanations()) {
      explanations.add(
          new Explanation(
              each.method(),
              each.layer(),
              SyntheticReports.classRef(9),
              each.why(),
              each.score(),
              each.status(),
              each.map(),
              each.overlay(),
              each.attention(),
              null));
    }
    return new ImageReport(
        report.schema(),
        report.image(),
        report.status(),
        report.reason(),
        report.file(),
        report.label(),
        report.predictions(),
        report.correct(),
        explanations,
        report.verdict());
  }

  private static List<ImageReport> usable(
      List<ImageReport> reports, java.util.function.Predicate<ImageReport> which) {
    return reports.stream()
        .filter(report -> report.status() == ImageStatus.OK && which.test(report))
        .toList();
  }

  private static void assertMean(
      Mean mean, List<ImageReport> reports, ToDoubleFunction<Explanation> number) {
    assertMean(
        mean, reports.stream().mapToDouble(r -> number.applyAsDouble(r.explanations().get(0))));
  }

  private static void assertMean(Mean mean, DoubleStream numbers) {
    double[] x = numbers.toArray();
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    double squares = 0;
    for (double value : x) {
      squares += (value - sum / x.length) * (value - sum / x.length);
    }
    double sd = Math.sqrt(squares / (x.length - 1));
    assertThat(mean.count()).isEqualTo(x.length);
    assertThat(mean.mean()).isCloseTo(sum / x.length, within(1e-9));
    assertThat(mean.sd()).isCloseTo(sd, within(1e-9));
    assertThat(mean.high() - mean.low())
        .isCloseTo(2 * 1.959963984540054 * sd / Math.sqrt(x.length), within(1e-9));
  }

  private static void assertMaps(
      ClassStatistics row, List<ImageReport> own, List<ImageReport> rest) {
    double[] mean = new double[49];
    for (ImageReport report : own) {
      double[] map = positive(report);
      double max = java.util.Arrays.stream(map).max().orElseThrow();
      for (int i = 0; i < 49; i++) {
        mean[i] += map[i] / max / own.size();
      }
    }
    record Scored(String image, double cosine) {}
    List<Scored> scored = new ArrayList<>();
    double cosines = 0;
    double pairs = 0;
    double ownPlace = 0;
    for (ImageReport report : own) {
      double[] map = positive(report);
      double cosine = cosine(map, mean);
      scored.add(new Scored(report.image(), cosine));
      cosines += cosine;
      double[] others = new double[49];
      double[] elsewhere = new double[49];
      for (ImageReport other : own) {
        if (other != report) {
          pairs += cosine(map, positive(other));
          addUnit(others, positive(other));
        }
      }
      rest.forEach(other -> addUnit(elsewhere, positive(other)));
      ownPlace += cosine(map, others) - cosine(map, elsewhere);
    }
    int n = own.size();
    MapStatistics maps = row.maps();
    for (int i = 0; i < 49; i++) {
      assertThat(maps.mean().get(i / 7).get(i % 7)).isCloseTo(mean[i], within(1e-9));
    }
    assertThat(maps.alikeness()).isCloseTo(cosines / n, within(1e-9));
    assertThat(maps.pairAlikeness()).isCloseTo(pairs / n / (n - 1), within(1e-9));
    assertThat(maps.ownPlace().mean()).isCloseTo(ownPlace / n, within(1e-9));
    scored.sort(Comparator.comparingDouble(Scored::cosine));
    assertThat(row.mostDeviant())
        .extracting(Example::image)
        .isEqualTo(scored.stream().limit(12).map(Scored::image).toList());
    assertThat(row.mostTypical().get(0).image()).isEqualTo(scored.get(n - 1).image());
    assertThat(row.mostTypical().get(0).value())
        .isCloseTo(scored.get(n - 1).cosine(), within(1e-9));
  }

  private static double[] positive(ImageReport report) {
    double[] map = new double[49];
    for (int i = 0; i < 49; i++) {
      map[i] = Math.max(0, report.explanations().get(0).map().values()[i / 7][i % 7]);
    }
    return map;
  }

  private static void addUnit(double[] sum, double[] map) {
    double norm = Math.sqrt(java.util.Arrays.stream(map).map(v -> v * v).sum());
    for (int i = 0; i < sum.length; i++) {
      sum[i] += map[i] / norm;
    }
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
