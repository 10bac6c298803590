package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SignificanceTest {
  @Test
  void fisherOnTheTeaTastingTable() {
    // Fisher 1935: 4 of 8 cups; at most 1 of the 4 chosen is right: (1 + 16) / 70.
    assertThat(Significance.fisherBelow(1, 4, 3, 4)).isCloseTo(17.0 / 70, within(1e-12));
    assertThat(Significance.fisherBelow(0, 4, 4, 4)).isCloseTo(1.0 / 70, within(1e-12));
    assertThat(Significance.fisherBelow(4, 4, 0, 4)).isCloseTo(1, within(1e-12));
  }

  @Test
  void fisherOnASmallClassByHand() {
    // 2 of 3 against 5 of 5: C(5,5) C(3,2) ... ways to leave at least one of three misses here:
    // P(X <= 2) with 7 hits in 8, 3 drawn = 1 - C(7,3)/C(8,3) = 1 - 35/56.
    assertThat(Significance.fisherBelow(2, 3, 5, 5)).isCloseTo(21.0 / 56, within(1e-12));
  }

  @Test
  void binomialTailsAreSumsOfPowers() {
    assertThat(Significance.binomialBelow(0, 16, 0.25))
        .isCloseTo(Math.pow(0.75, 16), within(1e-15));
    // 3^20 + 20 · 3^19 of 4^20 in exact arithmetic.
    assertThat(Significance.binomialBelow(1, 20, 0.25))
        .isCloseTo(0.024312624865160615, within(1e-14));
    assertThat(Significance.binomialBelow(20, 20, 0.25)).isEqualTo(1);
    assertThat(Significance.binomialBelow(3, 20, 0)).isEqualTo(1);
    assertThat(Significance.binomialBelow(3, 20, 1)).isZero();
  }

  @Test
  void welchWithTwoDegreesOfFreedomHasAClosedForm() {
    // Variances 2 and 2, means 4 and 1: t = 3 / sqrt(2), df = 2, P(T > t) = 1/2 - t / (2 sqrt(2 +
    // t²)).
    double t = 3 / Math.sqrt(2);
    assertThat(Significance.welchAbove(moments(3, 5), moments(0, 2), 1))
        .isCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), within(1e-10));
    assertThat(Significance.welchAbove(moments(0, 2), moments(3, 5), 1))
        .isCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), within(1e-10));
    double half = t / 2;
    assertThat(Significance.welchAbove(moments(3, 5), moments(0, 2), 2))
        .isCloseTo(0.5 - half / (2 * Math.sqrt(2 + half * half)), within(1e-10));
  }

  @Test
  void welchWithUnequalVariances() {
    // a = 1/3, b = 32/2: t = 6 / sqrt(49/3) = 1.4846, df = (49/3)² / (1/18 + 256) = 1.0418;
    // the tail of Student's density, integrated numerically.
    double p = Significance.welchAbove(moments(9, 10, 11), moments(0, 8), 1);
    assertThat(p).isCloseTo(0.1851643, within(1e-6));
  }

  @Test
  void welchWhereNothingVaries() {
    assertThat(Significance.welchAbove(moments(2, 2), moments(1, 1), 1)).isZero();
    assertThat(Significance.welchAbove(moments(1, 1), moments(1, 1), 1)).isEqualTo(1);
    assertThat(Significance.welchAbove(moments(5), moments(1, 2), 1)).isEqualTo(1);
  }

  @Test
  void benjaminiHochbergOnTheirOwnExample() {
    // Benjamini and Hochberg 1995, section 4.1: fifteen p-values of which 5 % calls four.
    double[] p = {
      0.3240, 0.0001, 0.0004, 0.0095, 0.0019, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.4262,
      0.5719, 0.6528, 0.7590, 1.0000
    };
    double[] adjusted = Significance.benjaminiHochberg(p);
    assertThat(adjusted[1]).isCloseTo(0.0015, within(1e-12));
    assertThat(adjusted[2]).isCloseTo(0.0030, within(1e-12));
    assertThat(adjusted[4]).isCloseTo(0.0095, within(1e-12));
    assertThat(adjusted[3]).isCloseTo(0.035625, within(1e-12));
    assertThat(adjusted[5]).isCloseTo(0.0603, within(1e-12));
    // 15/6 * 0.0278 = 0.0695 is more than 15/7 * 0.0298: the lesser one stands for both.
    assertThat(adjusted[6]).isCloseTo(15 * 0.0298 / 7, within(1e-12));
    assertThat(adjusted[14]).isEqualTo(1);
    assertThat(Arrays.stream(adjusted).filter(value -> value <= 0.05)).hasSize(4);
  }

  @Test
  void benjaminiHochbergOfNothingAndOne() {
    assertThat(Significance.benjaminiHochberg(new double[0])).isEmpty();
    assertThat(Significance.benjaminiHochberg(new double[] {0.03})).containsExactly(0.03);
  }

  private static Moments moments(double... values) {
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(value);
    }
    return moments;
  }
}
