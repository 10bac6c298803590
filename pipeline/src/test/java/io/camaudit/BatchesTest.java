package io.camaudit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void onlyTheLastIsSmaller() {
    assertThat(Batches.of(List.of(1, 2, 3, 4, 5), 2))
        .containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    assertThat(Batches.of(List.of(1, 2, 3, 4), 2)).containsExactly(List.of(1, 2), List.of(3, 4));
    assertThat(Batches.of(List.of(1), 16)).containsExactly(List.of(1));
    assertThat(Batches.of(List.of(), 16)).isEmpty();
    assertThatThrownBy(() -> Batches.of(List.of(1), 0)).hasMessage("batches of 0");
  }
}
