package io.camaudit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.RegionFit;
import io.camaudit.report.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictRuleTest {
  /** areaShare .1, energyShare .4, lift 4, a miss, rank accuracy .3, IoU .2. */
  private static final RegionFit FIT = new RegionFit(0.1, 0.4, 4, false, 0.3, 0.2);

  @ParameterizedTest
  @CsvSource({
    "pointing, false",
    "energy>=0.4, true",
    "energy>=0.41, false",
    "lift>=4, true",
    "iou>=0.25, false",
    "rank>=.3, true",
    "pointing or lift>=2, true",
    "pointing and lift>=2, false",
    "pointing and lift>=2 or energy>=.1, true",
    "pointing and (lift>=2 or energy>=.1), false",
    "energy>=.1 or pointing and lift>=2, true",
  })
  void judgesNumbers(String rule, boolean holds) {
    assertThat(VerdictRule.parse(rule).holds(FIT)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "POINTING, pointing",
    "'  energy >= .5 ', energy>=0.5",
    "lift>=2 AND iou>=1e-1, lift>=2.0 and iou>=0.1",
    "((pointing)), pointing",
    "pointing or (lift>=2 or iou>=.5), pointing or lift>=2.0 or iou>=0.5",
    "(pointing or lift>=2) and iou>=.5, (pointing or lift>=2.0) and iou>=0.5",
    "(pointing and lift>=2) or iou>=.5, pointing and lift>=2.0 or iou>=0.5",
  })
  void hasOneCanonicalText(String rule, String canonical) {
    VerdictRule parsed = VerdictRule.parse(rule);
    assertThat(parsed).hasToString(canonical);
    assertThat(VerdictRule.parse(canonical)).isEqualTo(parsed).hasSameHashCodeAs(parsed);
  }

  @ParameterizedTest
  @CsvSource({
    "pointng, nearest is \"pointing\"",
    "enrgy>=0.5, nearest is \"energy\"",
    "pointing adn lift>=2, nearest is \"and\"",
    "energy>0.5, energy wants >= and a number",
    "energy, energy wants >= and a number",
    "energy>=half, energy>= wants a number",
    "energy>=1.5, outside the range",
    "energy>=0, outside the range",
    "lift>=-1, lift>= wants a number",
    "(pointing, not closed",
    "pointing and, \"the end\" is no condition",
    "'', it is empty",
  })
  void refusesWithASentence(String rule, String message) {
    assertThatThrownBy(() -> VerdictRule.parse(rule))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("\"" + rule + "\"")
        .hasMessageContaining(message);
  }

  @Test
  void joinsTheClassificationWithTheLook() {
    RegionFit hit = new RegionFit(0.1, 0.4, 4, true, 0.3, 0.2);
    assertThat(of(true, true, ImageStatus.OK, hit)).isEqualTo(Verdict.RIGHT_FOR_RIGHT_REASONS);
    assertThat(of(true, true, ImageStatus.OK, FIT)).isEqualTo(Verdict.RIGHT_FOR_WRONG_REASONS);
    assertThat(of(false, true, ImageStatus.OK, hit)).isEqualTo(Verdict.WRONG_BUT_LOOKED_RIGHT);
    assertThat(of(false, true, ImageStatus.OK, FIT)).isEqualTo(Verdict.WRONG_AND_LOOKED_ELSEWHERE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anImageWithoutARegionIsNeverAHit(boolean correct) {
    assertThat(of(correct, false, ImageStatus.OK, null)).isEqualTo(Verdict.NO_REGION);
    assertThat(of(correct, false, ImageStatus.EMPTY_MAP, null)).isEqualTo(Verdict.NO_REGION);
    assertThat(of(correct, true, ImageStatus.EMPTY_MAP, null)).isEqualTo(Verdict.EMPTY_MAP);
    assertThat(of(correct, true, ImageStatus.NOT_FINITE, null)).isEqualTo(Verdict.EMPTY_MAP);
  }

  @Test
  void anUnlabelledImageHasNoVerdict() {
    assertThat(of(null, true, ImageStatus.OK, FIT)).isNull();
  }

  private static Verdict of(Boolean correct, boolean region, ImageStatus map, RegionFit fit) {
    return VerdictRule.DEFAULT.of(correct, region, map, fit);
  }
}
