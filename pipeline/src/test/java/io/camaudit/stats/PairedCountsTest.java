package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

final class PairedCountsTest {
  @Test
  void intervalsCoverTheTruthAboutAsOftenAsTheySay() {
    // Every table of 20 images, weighted by its probability: no simulation, no luck.
    double[][] truths = {
      {0.8, 0.1, 0.05, 0.05},
      {0.5, 0.2, 0.1, 0.2},
      {0.25, 0.25, 0.25, 0.25},
      {0.7, 0.15, 0.05, 0.1}
    };
    for (double[] truth : truths) {
      double difference = truth[2] - truth[1];
      double covered = 0;
      double total = 0;
      int n = 20;
      for (int both = 0; both <= n; both++) {
        for (int before = 0; before <= n - both; before++) {
          for (int after = 0; after <= n - both - before; after++) {
            int neither = n - both - before - after;
            double probability = probability(truth, both, before, after, neither);
            RateChange change = new PairedCounts(both, before, after, neither).change();
            total += probability;
            if (change.low() <= difference && difference <= change.high()) {
              covered += probability;
            }
          }
        }
      }
      assertThat(total).isCloseTo(1, within(1e-9));
      assertThat(covered).isBetween(0.93, 0.995);
    }
  }

  @Test
  void aPublishedTableGivesItsPublishedInterval() {
    // Cavo et al. (2012) as in Fagerland, Lydersen and Laake, Statistical Analysis of Contingency
    // Tables: 0.0621, 0.0046 to 0.1186.
    RateChange change = new PairedCounts(59, 6, 16, 80).change();
    assertThat(change.difference()).isCloseTo(0.0621, within(5e-5));
    assertThat(change.low()).isCloseTo(0.0046, within(5e-5));
    assertThat(change.high()).isCloseTo(0.1186, within(5e-5));
    // Bentur et al. (2009), as in Fagerland, Lydersen and Laake (2014), Recommended tests and
    // confidence intervals for paired binomial proportions: before less after -0.507 to -0.026.
    RateChange small = new PairedCounts(1, 1, 7, 12).change();
    assertThat(small.difference()).isCloseTo(6 / 21.0, within(1e-12));
    assertThat(small.low()).isCloseTo(0.026, within(5e-4));
    assertThat(small.high()).isCloseTo(0.507, within(5e-4));
  }

  @Test
  void swappingTheRunsTurnsTheChangeAround() {
    RateChange change = new PairedCounts(12, 5, 2, 3).change();
    RateChange back = new PairedCounts(12, 2, 5, 3).change();
    assertThat(change.difference()).isEqualTo(-3 / 22.0);
    assertThat(back.difference()).isEqualTo(-change.difference());
    assertThat(back.low()).isCloseTo(-change.high(), within(1e-12));
    assertThat(back.high()).isCloseTo(-change.low(), within(1e-12));
    assertThat(back.pValue()).isEqualTo(change.pValue());
  }

  @Test
  void manyImagesGiveTheTextbooksInterval() {
    // Wald: sqrt(b + c - (b - c)^2 / n) / n, which is right for many images.
    double n = 100_000;
    RateChange change = new PairedCounts(60_000, 9_000, 11_000, 20_000).change();
    double error = Math.sqrt(20_000 - 2_000.0 * 2_000 / n) / n;
    assertThat(change.difference()).isCloseTo(0.02, within(1e-12));
    assertThat(change.low()).isCloseTo(0.02 - 1.959964 * error, within(5e-5));
    assertThat(change.high()).isCloseTo(0.02 + 1.959964 * error, within(5e-5));
  }

  @Test
  void mcNemarsTestIsTheBinomialOne() {
    assertThat(new PairedCounts(5, 0, 0, 5).change().pValue()).isEqualTo(1);
    assertThat(new PairedCounts(5, 4, 4, 5).change().pValue()).isEqualTo(1);
    // 2 · (1 + 6) / 2^6
    assertThat(new PairedCounts(90, 5, 1, 9).change().pValue()).isCloseTo(14 / 64.0, within(1e-12));
    assertThat(new PairedCounts(0, 0, 10, 0).change().pValue())
        .isCloseTo(2 / 1024.0, within(1e-15));
  }

  @Test
  void extremesStayInRange() {
    RateChange all = new PairedCounts(0, 0, 7, 0).change();
    assertThat(all.difference()).isEqualTo(1);
    assertThat(all.high()).isEqualTo(1);
    assertThat(all.low()).isBetween(0.0, 1.0);
    assertThat(PairedCounts.NONE.change()).isNull();
  }

  private static double probability(double[] truth, int... counts) {
    double log = CombinatoricsUtils.factorialLog(20);
    for (int i = 0; i < 4; i++) {
      log += counts[i] * Math.log(truth[i]) - CombinatoricsUtils.factorialLog(counts[i]);
    }
    return Math.exp(log);
  }
}
