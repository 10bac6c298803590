package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntervalsTest {
  /** Newcombe 1998, Statistics in Medicine 17, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void wilsonAsPublished(long count, long of, double low, double high) {
    Rate rate = Intervals.rate(count, of);
    assertThat(rate.value()).isEqualTo((double) count / of);
    assertThat(rate.low()).isCloseTo(low, within(5e-5));
    assertThat(rate.high()).isCloseTo(high, within(5e-5));
    assertThat(rate.interval()).isEqualTo("Wilson 95 %");
  }

  @Test
  void wilsonAgreesWithAnotherImplementationAndStaysInside() {
    for (int of = 1; of <= 40; of++) {
      for (int count = 0; count <= of; count++) {
        Rate rate = Intervals.rate(count, of);
        ConfidenceInterval other = new WilsonScoreInterval().createInterval(of, count, 0.95);
        assertThat(rate.low()).isCloseTo(other.getLowerBound(), within(1e-9)).isBetween(0.0, 1.0);
        assertThat(rate.high()).isCloseTo(other.getUpperBound(), within(1e-9)).isBetween(0.0, 1.0);
        assertThat(rate.value()).isBetween(rate.low(), rate.high());
      }
    }
  }

  @Test
  void nothingHasNoRateAndNoMean() {
    assertThat(Intervals.rate(0, 0)).isNull();
    assertThat(Intervals.mean(new Moments())).isNull();
  }

  @Test
  void normalIntervalByHand() {
    Moments moments = new Moments();
    moments.add(1);
    assertThat(Intervals.mean(moments)).isEqualTo(new Mean(1, 1, null, null, null, "normal 95 %"));
    moments.add(2);
    moments.add(3);
    moments.add(4);
    Mean mean = Intervals.mean(moments);
    // sd = sqrt(5/3) = 1.29099, half width = 1.959964 * 1.29099 / 2 = 1.26515.
    assertThat(mean.mean()).isEqualTo(2.5);
    assertThat(mean.sd()).isCloseTo(1.29099, within(1e-5));
    assertThat(mean.low()).isCloseTo(2.5 - 1.26515, within(1e-5));
    assertThat(mean.high()).isCloseTo(2.5 + 1.26515, within(1e-5));
  }

  /** Newcombe 1998, Statistics in Medicine 17, 873–890, table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "10, 10, 0, 20, 0.6791, 1.0000"
  })
  void differenceOfTwoGroupsAsPublished(
      long a, long ofA, long b, long ofB, double low, double high) {
    RateDifference found = Intervals.difference(Rate.of(a, ofA), Rate.of(b, ofB));
    assertThat(found.difference()).isEqualTo((double) a / ofA - (double) b / ofB);
    assertThat(found.low()).isCloseTo(low, within(5e-5));
    assertThat(found.high()).isCloseTo(high, within(5e-5));
    assertThat(found.interval()).isEqualTo("Newcombe 95 %");
  }

  @Test
  void differenceOfMeansByHand() {
    Mean a = new Mean(4, 2.5, 2.0, null, null, Mean.NORMAL);
    Mean b = new Mean(9, 1.0, 3.0, null, null, Mean.NORMAL);
    MeanDifference found = Intervals.difference(a, b);
    // 1.959964 * sqrt(4/4 + 9/9) = 2.771808
    assertThat(found.difference()).isEqualTo(1.5);
    assertThat(found.low()).isCloseTo(1.5 - 2.771808, within(1e-6));
    assertThat(found.high()).isCloseTo(1.5 + 2.771808, within(1e-6));
    MeanDifference single = Intervals.difference(new Mean(1, 2, null, null, null, Mean.NORMAL), b);
    assertThat(single.difference()).isEqualTo(1);
    assertThat(single.low()).isNull();
    assertThat(single.high()).isNull();
  }

  @Test
  void aGroupWithoutImagesHasNoDifference() {
    assertThat(Intervals.difference(Rate.of(1, 2), null)).isNull();
    assertThat(Intervals.difference((Mean) null, null)).isNull();
  }
}
