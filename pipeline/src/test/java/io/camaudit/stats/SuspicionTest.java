package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.report.ImageReport;
import io.camaudit.stats.SyntheticReports.Habit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SuspicionTest {
  @Test
  void aSmallClassThatLooksIntoTheCornersIsFirstWithAndWithoutRegions() {
    for (int seed = 0; seed < 20; seed++) {
      List<ImageReport> reports =
          SyntheticReports.of(seed, 6, 16).with(1, Habit.CORNER_STAMP).list();
      List<Flag> with = StatisticsBuilder.of(reports).flags();
      assertThat(with.get(0).classRef().index()).as("seed %d", seed).isZero();
      assertThat(with.get(0).kind()).isEqualTo(FlagKind.LOOKS_ELSEWHERE);
      List<Flag> without = flagsWithoutRegions(reports);
      assertThat(without).as("seed %d", seed).isNotEmpty();
      assertThat(without.get(0).classRef().index()).isZero();
      assertThat(without).anyMatch(flag -> flag.kind() == FlagKind.DRAWN_TO_CORNERS);
      assertThat(suspects(without)).as("seed %d", seed).containsExactly(0);
    }
  }

  @Test
  void aClassThatLooksAtOneSpotIsFlaggedForIt() {
    for (int seed = 0; seed < 20; seed++) {
      List<Flag> flags =
          flagsWithoutRegions(SyntheticReports.of(seed, 6, 16).with(1, Habit.WATERMARK).list());
      assertThat(flags)
          .as("seed %d", seed)
          .anyMatch(f -> f.kind() == FlagKind.ONE_PLACE && f.classRef().index() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CORNER_STAMP", "WATERMARK"})
  void oneBadClassDoesNotHideAnother(Habit habit) {
    for (int seed = 0; seed < 10; seed++) {
      List<ImageReport> reports = SyntheticReports.of(seed, 6, 24).with(2, habit).list();
      assertThat(suspects(StatisticsBuilder.of(reports).flags()))
          .as("seed %d", seed)
          .contains(0, 1);
      if (habit == Habit.CORNER_STAMP) {
        assertThat(suspects(flagsWithoutRegions(reports))).as("seed %d", seed).contains(0, 1);
      }
    }
  }

  @Test
  void datasetsWithoutAnyEffectAreFlaggedAtMostAtTheNominalRate() {
    int datasets = 400;
    int withRegions = 0;
    int withoutRegions = 0;
    for (int seed = 0; seed < datasets; seed++) {
      int images = seed % 2 == 0 ? 16 : 60;
      List<Flag> flags =
          StatisticsBuilder.of(SyntheticReports.of(1000 + seed, 6, images).list()).flags();
      withRegions += flags.stream().anyMatch(f -> f.kind() == FlagKind.LOOKS_ELSEWHERE) ? 1 : 0;
      withoutRegions += flags.stream().anyMatch(f -> f.kind() != FlagKind.LOOKS_ELSEWHERE) ? 1 : 0;
    }
    assertThat(withRegions).isLessThanOrEqualTo(datasets / 20);
    assertThat(withoutRegions).isLessThanOrEqualTo(datasets / 20);
  }

  /** Before any effect size minimum: the tests themselves hold their level. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 60})
  void pValuesOfDatasetsWithoutAnyEffectAreNotTooSmall(int images) {
    Map<FlagKind, List<Double>> pValues = new EnumMap<>(FlagKind.class);
    for (int seed = 0; seed < 200; seed++) {
      List<Suspicion.Candidate> candidates =
          StatisticsBuilder.candidates(
              StatisticsBuilder.sums(SyntheticReports.of(5000 + seed, 6, images).list()));
      Stream.of(Suspicion.withRegions(candidates), Suspicion.withoutRegions(candidates))
          .flatMap(List::stream)
          .forEach(f -> pValues.computeIfAbsent(f.kind(), k -> new ArrayList<>()).add(f.pValue()));
    }
    assertThat(pValues.keySet()).containsExactlyInAnyOrder(FlagKind.values());
    pValues.forEach(
        (kind, values) -> {
          assertThat(values).hasSize(1200);
          // 5 % of 1,200 and three standard deviations of a binomial.
          assertThat(values).as("%s", kind).filteredOn(p -> p <= 0.05).hasSizeLessThan(60 + 23);
        });
  }

  @Test
  void trivialDifferencesOfHugeClassesAreNoFlags() {
    // 92 % of 100,000 against 93 % of 500,000: p is below 1e-25, and nobody cares.
    assertThat(Significance.fisherBelow(92_000, 100_000, 465_000, 500_000)).isLessThan(1e-25);
    assertThat(Suspicion.flags(judged(92_000, 8_000))).isEmpty();
    assertThat(Suspicion.flags(judged(80_000, 20_000))).hasSize(1);
  }

  private static List<Suspicion.Candidate> judged(int right, int wrong) {
    return List.of(candidate(0, right, wrong), candidate(1, 465_000, 35_000));
  }

  private static Suspicion.Candidate candidate(int index, int right, int wrong) {
    ClassAccumulator sums = new ClassAccumulator();
    for (int i = 0; i < right + wrong; i++) {
      sums.add(TestReports.bare(index, i < right));
    }
    return new Suspicion.Candidate(SyntheticReports.classRef(index), sums, new Moments());
  }

  @Test
  void aSingleClassHasNoRestToBeComparedWith() {
    List<ImageReport> reports = SyntheticReports.of(1, 1, 30).with(1, Habit.CORNER_STAMP).list();
    assertThat(StatisticsBuilder.of(reports).flags()).isEmpty();
  }

  @Test
  void aFlagIsOneSentenceWithItsNumbersAndItsCaution() {
    List<Flag> flags =
        Suspicion.flags(List.of(candidate(0, 3, 13), candidate(1, 76, 4), candidate(2, 15, 1)));
    assertThat(flags).hasSize(1);
    Flag flag = flags.get(0);
    assertThat(flag.value()).isEqualTo(3.0 / 16);
    assertThat(flag.rest()).isEqualTo(91.0 / 96);
    assertThat(flag.pValue()).isEqualTo(Significance.fisherBelow(3, 16, 91, 96));
    assertThat(flag.adjustedPValue()).isEqualTo(3 * flag.pValue());
    assertThat(flag.sentence())
        .isEqualTo(
            "class 0: the model looked where it should in 3 of 16 images (19 %, 95 % interval 7 %"
                + " to 43 %), in the other classes together in 91 of 96 (95 %); 100 % of its images"
                + " are classified correctly (Fisher's exact test, one-sided p 1.2e-10, 3.7e-10"
                + " after Benjamini-Hochberg over 3 tests).");
    assertThat(flag.caution()).contains("2212.04629").endsWith("believe it.");
  }

  private static Set<Integer> suspects(List<Flag> flags) {
    return flags.stream().map(flag -> flag.classRef().index()).collect(Collectors.toSet());
  }

  private static List<Flag> flagsWithoutRegions(List<ImageReport> reports) {
    return StatisticsBuilder.of(reports.stream().map(TestReports::withoutRegion).toList()).flags();
  }
}
