package io.camaudit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MomentsTest {
  private static Moments of(double... values) {
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(value);
    }
    return moments;
  }

  @Test
  void meanAndVarianceOfSmallNumbers() {
    Moments moments = of(1, 2, 3, 4);
    assertThat(moments.count()).isEqualTo(4);
    assertThat(moments.mean()).isEqualTo(2.5);
    assertThat(moments.variance()).isCloseTo(5.0 / 3, within(1e-15));
  }

  @Test
  void negativeNumbersCarryAcrossTheWords() {
    Moments moments = of(-3, 1, -0.5, -65_536);
    assertThat(moments.mean()).isEqualTo((-2.5 - 65_536) / 4);
    assertThat(of(-1, 1).mean()).isZero();
    assertThat(of(-1, 1).variance()).isEqualTo(2);
  }

  @Test
  void nothingAndSingleNumbersHaveNoVariance() {
    assertThat(of().mean()).isNaN();
    assertThat(of().variance()).isNaN();
    assertThat(of(7).mean()).isEqualTo(7);
    assertThat(of(7).variance()).isNaN();
  }

  @Test
  void absentNumbersAreLeftOutAndGreatOnesCut() {
    assertThat(of(Double.NaN, 2).count()).isEqualTo(1);
    assertThat(of(1e300).mean()).isEqualTo(Moments.LIMIT);
    assertThat(of(-1e300).mean()).isEqualTo(-Moments.LIMIT);
  }

  @Test
  void varianceOfNearlyEqualNumbersDoesNotCancel() {
    // Sums of squares in doubles lose all sixteen digits here.
    Moments moments = new Moments();
    for (int i = 0; i < 1_000_000; i++) {
      moments.add(1000 + (i % 2) * 0x1p-20);
    }
    assertThat(Math.sqrt(moments.variance())).isCloseTo(0x1p-21, within(1e-12));
  }

  @Test
  void aBillionOfTheGreatestNumbersDoNotOverflow() {
    Moments moments = of(Moments.LIMIT);
    for (int i = 0; i < 30; i++) {
      Moments twice = new Moments();
      twice.merge(moments);
      twice.merge(moments);
      moments = twice;
    }
    assertThat(moments.count()).isEqualTo(1L << 30);
    assertThat(moments.mean()).isEqualTo(Moments.LIMIT);
    assertThat(moments.variance()).isZero();
  }

  @Test
  void minusUndoesMerge() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    Moments a = new Moments();
    Moments b = new Moments();
    for (int i = 0; i < 1000; i++) {
      a.add(random.nextDouble(-3, 50));
      b.add(random.nextDouble(-100, 1));
    }
    Moments both = new Moments();
    both.merge(a);
    both.merge(b);
    assertThat(bytes(both.minus(b))).isEqualTo(bytes(a));
    assertThat(bytes(both.minus(a))).isEqualTo(bytes(b));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    for (Moments moments : new Moments[] {of(), of(-0.25), of(3, -4e4), of(1e-12, 9e9)}) {
      byte[] bytes = bytes(moments);
      assertThat(bytes(Moments.read(new ByteArrayInputStream(bytes)))).isEqualTo(bytes);
    }
  }

  private static byte[] bytes(Moments moments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    moments.write(out);
    return out.toByteArray();
  }
}
