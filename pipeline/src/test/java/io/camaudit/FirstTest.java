package io.camaudit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstTest {
  @Test
  void theFirstAreTheSameWhateverTheOrderTheyComeIn() {
    List<Integer> values = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(values, new Random(seed));
      First<Integer> first = new First<>(4, Comparator.<Integer>naturalOrder());
      values.forEach(first::offer);
      first.offer(2);
      assertThat(first.list()).containsExactly(0, 1, 2, 3);
      assertThat(first.offered()).isEqualTo(51);
      assertThat(first.wants(4)).isFalse();
      assertThat(first.wants(-1)).isTrue();
    }
  }

  @Test
  void noneAreKeptWhereNoneAreWanted() {
    First<Integer> none = new First<>(0, Comparator.<Integer>naturalOrder());
    none.offer(1);
    assertThat(none.list()).isEmpty();
    assertThat(none.size()).isZero();
    assertThat(none.offered()).isOne();
  }
}
