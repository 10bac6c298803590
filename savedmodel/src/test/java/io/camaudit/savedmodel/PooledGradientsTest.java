package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PooledGradientsTest {
  @Test
  void byHandOnFourCellsAndTwoChannels() {
    float[] activations = {1, 10, 2, 20, 3, 30, 4, 40};
    float[] gradients = {1, 0, 3, 0, 0, 4, 0, -8};
    // alpha = ((1 + 3) / 4, (4 - 8) / 4) = (1, -1)
    assertThat(PooledGradients.map(activations, gradients, 4, 2))
        .containsExactly(1 - 10, 2 - 20, 3 - 30, 4 - 40);
  }
}
