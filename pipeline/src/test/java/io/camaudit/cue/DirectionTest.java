package io.camaudit.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectionTest {
  @Test
  void theMeanOfAMapIsTheImagesScore() {
    Random random = new Random(3);
    float[] activations = new float[2 * 3 * 4 * 5];
    for (int i = 0; i < activations.length; i++) {
      activations[i] = random.nextFloat();
    }
    Direction direction =
        new Direction(new double[] {.1, .2, .3, .4, .5}, new double[] {.6, 0, .8, 0, 0}, 2, 4, 4);
    for (int picture = 0; picture < 2; picture++) {
      float[] pooled = new float[5];
      for (int cell = 0; cell < 12; cell++) {
        for (int k = 0; k < 5; k++) {
          pooled[k] += activations[(picture * 12 + cell) * 5 + k] / 12;
        }
      }
      double sum = 0;
      for (float[] row : direction.map(activations, picture, 3, 4)) {
        for (float cell : row) {
          sum += cell;
        }
      }
      assertThat(sum / 12).isCloseTo(direction.distance(pooled) / 2, within(1e-6));
    }
  }
}
