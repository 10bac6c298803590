package io.camaudit.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.Faithfulness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaithfulnessSumsTest {
  private static final MapKind LAST = new MapKind("gradcam", "last");
  private static final MapKind EARLY = new MapKind("gradcam", "early");
  private static final double[] HALF = {0.5, 0.5, 0.5, 0.5, 0.5};

  @Test
  void gainsMeansAndDifferencesByHand() {
    double[] ones = {1, 1, 1, 1, 0.5};
    double[] none = {0.5, 0, 0, 0, 0};
    ImageCurves.Ends clear = new ImageCurves.Ends(ones, none);
    ImageCurves.Ends blind = new ImageCurves.Ends(HALF, HALF);
    assertThat(clear.gain()).isCloseTo(0.8, within(1e-12));
    assertThat(blind.gain()).isZero();

    Faithfulness found =
        new FaithfulnessSums(
                List.of(
                    new ImageCurves(1, HALF, Map.of(LAST, clear, EARLY, blind)),
                    new ImageCurves(0.8, HALF, Map.of(LAST, blind))))
            .summary(List.of(LAST, EARLY), new CellGrid(7, 5), "smooth", 3);
    assertThat(found.rows()).isEqualTo(7);
    assertThat(found.columns()).isEqualTo(5);
    assertThat(found.images()).isEqualTo(2);
    assertThat(found.lost()).isEqualTo(1);
    assertThat(found.untouched()).isCloseTo(0.9, within(1e-9));
    assertThat(found.anyFirst()).containsExactly(0.5, 0.5, 0.5, 0.5, 0.5);

    Faithfulness.OfMaps last = found.maps().get(0);
    assertThat(found.gain()).isSameAs(last.gain());
    assertThat(last.images()).isEqualTo(2);
    assertThat(last.gain().mean()).isCloseTo(0.4, within(1e-9));
    // sd of 0.8 and 0 is 0.8/√2, so the half width is 1.96 · 0.4.
    assertThat(last.gain().high() - 0.4).isCloseTo(1.959964 * 0.4, within(1e-6));
    assertThat(last.leastFirst().get(4)).isCloseTo(0.5, within(1e-9));
    assertThat(last.mostFirst().get(0)).isCloseTo(0.5, within(1e-9));
    assertThat(last.difference()).isNull();

    Faithfulness.OfMaps early = found.maps().get(1);
    assertThat(early.images()).isEqualTo(1);
    assertThat(early.difference().mean())
        .as("over the image that has both")
        .isCloseTo(-0.8, within(1e-9));
    assertThat(early.difference().low()).isNull();
  }

  @Test
  void ofNoImagesNothingIsKnown() {
    Faithfulness none =
        new FaithfulnessSums(List.of()).summary(List.of(LAST), new CellGrid(7, 7), "mean", 2);
    assertThat(none.gain()).isNull();
    assertThat(none.untouched()).isNull();
    assertThat(none.lost()).isEqualTo(2);
    assertThat(none.maps().get(0).leastFirst()).isEmpty();
  }

  @Test
  void oneNumberThatIsNoneSpoilsAnImage() {
    double[] spoilt = {0.5, Double.NaN, 0.5, 0.5, 0.5};
    ImageCurves.Ends ends = new ImageCurves.Ends(HALF, HALF);
    assertThat(new ImageCurves(1, HALF, Map.of(LAST, ends)).isFinite()).isTrue();
    assertThat(new ImageCurves(1, spoilt, Map.of(LAST, ends)).isFinite()).isFalse();
    assertThat(
            new ImageCurves(1, HALF, Map.of(LAST, ends, EARLY, new ImageCurves.Ends(spoilt, HALF)))
                .isFinite())
        .isFalse();
  }
}
