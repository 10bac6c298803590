package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeparationTest {
  /**
   * AUC and p by SciPy 1.16, {@code mannwhitneyu(…, method="asymptotic")}; the interval's ends by
   * its {@code brentq} from Newcombe's formula.
   */
  @ParameterizedTest
  @CsvSource({
    "0 0 5, 5 0 0, 1.0, 0.6427028239310467, 1.0, 0.003976751709788651",
    "1 2 3 4, 4 3 2 1, 0.75, 0.49077368885128175, 0.8970543952024113, 0.05608537303243338",
    "0 1 0 10, 200 300 100 3, 0.9595959595959596, 0.8404270009268671, 0.9898108714605229,"
        + " 1.2500676804706198e-08",
    "20 10 0, 1000 1000 1000, 0.2777777777777778, 0.19850638613929325, 0.3777853538290503,"
        + " 8.62105890990185e-06",
    "3 3, 4 2, 0.5833333333333334, 0.2823453057548119, 0.8291247940879377, 0.6403735394530488",
    "5 0 0, 0 0 5, 0.0, 0.0, 0.3572971760689533, 0.003976751709788651"
  })
  void areaIntervalAndTestAreScipys(
      String group, String rest, double auc, double low, double high, double p) {
    Separation found = Separation.of(counts(group), counts(rest));
    assertThat(found.auc()).isCloseTo(auc, within(1e-12));
    assertThat(found.low()).isCloseTo(low, within(1e-9));
    assertThat(found.high()).isCloseTo(high, within(1e-9));
    assertThat(found.pValue() / p).isCloseTo(1, within(1e-9));
  }

  @Test
  void theAreaIsTheShareOfPairs() {
    Random random = new Random(4);
    long[] group = random.longs(9, 0, 6).toArray();
    long[] rest = random.longs(9, 0, 6).toArray();
    double won = 0;
    long pairs = 0;
    for (int i = 0; i < group.length; i++) {
      for (int j = 0; j < rest.length; j++) {
        pairs += group[i] * rest[j];
        won += group[i] * rest[j] * (i > j ? 1 : i == j ? 0.5 : 0);
      }
    }
    assertThat(Separation.of(group, rest).auc()).isCloseTo(won / pairs, within(1e-12));
  }

  @Test
  void sidesThatChangePlacesTurnItRound() {
    long[] a = {3, 1, 4, 1, 5};
    long[] b = {2, 7, 1, 8, 2};
    Separation found = Separation.of(a, b);
    Separation turned = Separation.of(b, a);
    assertThat(turned.auc()).isCloseTo(1 - found.auc(), within(1e-12));
    assertThat(turned.low()).isCloseTo(1 - found.high(), within(1e-12));
    assertThat(turned.pValue()).isCloseTo(found.pValue(), within(1e-12));
  }

  @Test
  void nothingToCompareIsNoSeparation() {
    assertThat(Separation.of(new long[] {0, 0}, new long[] {1, 2})).isNull();
    assertThat(Separation.of(new long[] {1, 2}, new long[] {0, 0})).isNull();
    assertThat(Separation.of(new long[] {0, 4}, new long[] {0, 9})).as("all alike").isNull();
  }

  @Test
  void aBillionImagesOverflowNothing() {
    long half = 500_000_000;
    Separation found = Separation.of(new long[] {half / 2, half / 2}, new long[] {0, half});
    assertThat(found.auc()).isEqualTo(0.25);
    assertThat(found.pValue()).isZero();
    assertThat(found.high() - found.low()).isBetween(0.0, 1e-4);
  }

  private static long[] counts(String text) {
    return java.util.Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }
}
