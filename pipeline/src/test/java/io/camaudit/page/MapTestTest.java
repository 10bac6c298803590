package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.report.Faithfulness;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MapTestTest {
  private static final List<Double> REMOVED = List.of(0.1, 0.3, 0.5, 0.7, 0.9);
  private static final List<Double> HIGH = List.of(0.9, 0.9, 0.8, 0.6, 0.3);
  private static final List<Double> MIDDLE = List.of(0.8, 0.6, 0.4, 0.2, 0.1);
  private static final List<Double> LOW = List.of(0.5, 0.2, 0.1, 0.1, 0.0);

  @Test
  void aHeadlineIsNoMoreThanTheIntervalAllows() {
    assertThat(of(maps("last", 0.5, 0.4, 0.6)).headline())
        .isEqualTo("The maps name what the model went by.");
    assertThat(of(maps("last", 0.1, -0.1, 0.3)).headline())
        .isEqualTo("The maps cannot be told from chance on these images.");
    assertThat(of(maps("last", 0.9, null, null)).headline())
        .isEqualTo("The maps cannot be told from chance on these images.");
    assertThat(of(maps("last", -0.5, -0.6, -0.4)).headline())
        .startsWith("What the maps call least relevant");
    assertThat(MapTest.of(null)).isNull();
  }

  @Test
  void itSaysWhatBecomesOfTheProbability() {
    MapTest test = of(maps("last", 0.5, 0.4, 0.6));
    assertThat(test.sentence())
        .isEqualTo(
            "Without the half of the cells that a map calls most relevant, the mean probability of the"
                + " explained class falls from 95\u202f% to 10\u202f%; without the other half it is"
                + " 80\u202f%, without any half 40\u202f%. Symmetric relevance gain of gradcam at last:"
                + " 0.50 (95\u202f% interval 0.40 to 0.60), on 20 images.");
    assertThat(test.rows()).as("nothing to choose from").isEmpty();
    assertThat(test.least()).startsWith("42.0,13.6 65.2,19.2 ").endsWith("250.8,86.4");
  }

  @Test
  void theMostFaithfulComeFirstAndZeroHasItsPlace() {
    MapTest test =
        of(
            maps("last", 0.2, 0.1, 0.3),
            maps("early", 0.5, 0.4, 0.7),
            maps("first", -0.1, -0.3, 0.1));
    assertThat(test.rows())
        .extracting(MapTest.Row::layer)
        .containsExactly("early", "last", "first");
    assertThat(test.rows()).extracting(MapTest.Row::own).containsExactly(false, true, false);
    assertThat(test.zero()).isEqualTo("30.00%");
    assertThat(test.rows().get(0).from()).isEqualTo("70.00%");
    assertThat(test.rows().get(0).width()).isEqualTo("30.00%");
    assertThat(test.others()).isEmpty();
    MapTest many =
        of(
            IntStream.range(0, 12)
                .mapToObj(i -> maps("layer" + i, 0.01 * i, 0.0, 0.2))
                .toArray(Faithfulness.OfMaps[]::new));
    assertThat(many.rows()).hasSize(MapTest.MOST_ROWS);
    assertThat(many.others()).hasSize(4);
  }

  private static MapTest of(Faithfulness.OfMaps... maps) {
    return MapTest.of(
        new Faithfulness(
            "smooth", 7, 7, 20, null, 0.95, REMOVED, MIDDLE, Stream.of(maps).toList(), 1.0));
  }

  private static Faithfulness.OfMaps maps(String layer, double gain, Double low, Double high) {
    return new Faithfulness.OfMaps(
        "gradcam", layer, 20, new Faithfulness.Estimate(gain, low, high), HIGH, LOW, null);
  }
}
