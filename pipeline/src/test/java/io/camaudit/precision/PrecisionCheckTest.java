package io.camaudit.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.ImageReport;
import io.camaudit.report.PrecisionAgreement;
import io.camaudit.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small maps, compared by hand. */
class PrecisionCheckTest {
  private static final Verdict RIGHT = Verdict.RIGHT_FOR_RIGHT_REASONS;
  private static final Verdict WRONG = Verdict.RIGHT_FOR_WRONG_REASONS;

  @Test
  void everyShareCountsTheImagesThatHaveIt() {
    List<ImageReport> reports =
        List.of(
            Reports.of("a", 1, RIGHT, 0, new float[] {4, -1.5f}),
            Reports.of("b", 2, WRONG, 0, new float[] {2, 1}),
            Reports.of("c", 1, null, 1, new float[] {1, 2}),
            Reports.of("failed here", 1, null, 1, new float[] {1, 2}));
    List<ImageReport> references =
        List.of(
            Reports.of("c", 1, null, 1, new float[] {1, 2}),
            Reports.of("b", 3, RIGHT, 0, new float[] {2, 1}),
            Reports.of("a", 1, RIGHT, 1, new float[] {4, -2}),
            Reports.failure("failed here"));
    PrecisionAgreement found = PrecisionCheck.compare(reports, references);
    assertThat(found.images()).isEqualTo(3);
    assertThat(found.predictions().same()).isEqualTo(2);
    assertThat(found.predictions().of()).isEqualTo(3);
    // Wilson's interval of 2 of 3, from its definition with z = 1.959964.
    assertThat(found.predictions().low()).isCloseTo(0.207660, within(1e-6));
    assertThat(found.predictions().high()).isCloseTo(0.938509, within(1e-6));
    assertThat(found.verdicts().same()).isEqualTo(1);
    assertThat(found.verdicts().of()).isEqualTo(2);
    assertThat(found.maps()).as("b explains another class").isEqualTo(2);
    assertThat(found.peaks().same()).isEqualTo(1);
    assertThat(found.medianMapDifference()).as("of 0.5 / 4 and 0").isEqualTo(0.0625);
    assertThat(found.worstMapDifference()).isEqualTo(0.125);
    assertThat(found.worstImage()).isEqualTo("a");
  }

  @Test
  void theMapOfTheClassThatFloat32ExplainsFirstIsCompared() {
    ImageReport report =
        Reports.of(
            "a",
            1,
            null,
            List.of(
                Reports.explanation(1, 0, new float[] {9, 0}),
                Reports.explanation(2, 1, new float[] {0, 5})));
    ImageReport reference = Reports.of("a", 2, null, 1, new float[] {0, 4});
    assertThat(PairAgreement.of(report, reference))
        .isEqualTo(new PairAgreement(false, null, true, 0.25));
  }

  @Test
  void mapsWithNothingPositiveHaveNoPeak() {
    ImageReport empty = Reports.of("a", 1, null, -1, new float[] {0, -1});
    ImageReport some = Reports.of("a", 1, null, 0, new float[] {0.5f, -1});
    assertThat(PairAgreement.of(empty, empty).samePeak()).isNull();
    assertThat(PairAgreement.of(empty, some).samePeak()).isFalse();
    assertThat(PairAgreement.of(some, empty).samePeak()).isFalse();
    assertThat(PairAgreement.of(some, empty).mapDifference()).isEqualTo(0.5);
  }

  @Test
  void aMapOfZerosIsAtNoDistanceFromItselfAndWhollyOffAnother() {
    float[][] zeros = {{0, 0}};
    assertThat(PairAgreement.difference(zeros, zeros)).isZero();
    assertThat(PairAgreement.difference(new float[][] {{0, 3}}, zeros)).isEqualTo(1);
    assertThat(PairAgreement.difference(zeros, new float[][] {{0, -3}})).isEqualTo(1);
  }

  @Test
  void nothingInCommonIsNoAgreement() {
    PrecisionAgreement found = PrecisionCheck.compare(List.of(), List.of());
    assertThat(found)
        .isEqualTo(
            new PrecisionAgreement("float32", 0, null, null, 0, null, null, null, null, null));
  }
}
