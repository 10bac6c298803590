package io.camaudit.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.report.PrecisionAgreement;
import io.camaudit.report.PrecisionAgreement.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecisionLimitsTest {
  @Test
  void whatIsNotSaidStaysAsItWas() {
    assertThat(PrecisionLimits.parse(List.of("predictions=1%", "map=0.5")))
        .isEqualTo(new PrecisionLimits(0.01, 0.02, 0.1, 0.5));
    assertThat(PrecisionLimits.parse(List.of())).isEqualTo(PrecisionLimits.DEFAULT);
    PrecisionLimits other = new PrecisionLimits(0.25, 0.5, 0.125, 2);
    assertThat(PrecisionLimits.parse(List.of(other.toString().split(",")))).isEqualTo(other);
  }

  @Test
  void nonsenseIsSaid() {
    for (String wrong :
        List.of("predictions", "predictions=", "speed=1%", "map=-1", "peaks=101%")) {
      assertThatThrownBy(() -> PrecisionLimits.parse(List.of(wrong)))
          .as(wrong)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--precision-limit " + wrong);
    }
  }

  @Test
  void exactlyTheLimitIsAllowedAndOneMoreIsNot() {
    PrecisionLimits limits = new PrecisionLimits(0.02, 0, 0.1, 0.05);
    assertThat(limits.exceededBy(agreement(196, 180, 0.05))).isEmpty();
    assertThat(limits.exceededBy(agreement(195, 179, 0.0512)))
        .containsExactly(
            "Other predictions than in float32: 5 of 200 (2.5 %); --precision-limit predictions is 2 %.",
            "Other peaks than in float32: 21 of 200 (10.5 %); --precision-limit peaks is 10 %.",
            "Maps differ from float32 by 5.12 % of their maximum in the median; --precision-limit map is 5 %.");
  }

  @Test
  void nothingToCompareExceedsNothing() {
    PrecisionAgreement none =
        new PrecisionAgreement("float32", 0, null, null, 0, null, null, null, null, 1.0);
    assertThat(new PrecisionLimits(0, 0, 0, 0).exceededBy(none)).isEmpty();
  }

  private static PrecisionAgreement agreement(long predictions, long peaks, double map) {
    return new PrecisionAgreement(
        "float32", 200, share(predictions), null, 200, share(peaks), map, map, "x", 1.0);
  }

  private static Share share(long same) {
    return new Share(same, 200, same / 200.0, 0, 1);
  }
}
