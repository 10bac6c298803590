package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.explain.ImageFiles.Overlays;
import io.camaudit.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
  @Test
  void overlaysAreOfTheImagesThatWereAskedFor() {
    for (Verdict verdict : Verdict.values()) {
      for (Boolean correct : new Boolean[] {true, false}) {
        assertThat(Overlays.ALL.want(correct, List.of(verdict))).isTrue();
        assertThat(Overlays.NONE.want(correct, List.of(verdict))).isFalse();
        assertThat(Overlays.WRONG.want(correct, List.of(verdict))).isEqualTo(!correct);
      }
    }
    assertThat(Overlays.FLAGGED.want(true, List.of(Verdict.RIGHT_FOR_RIGHT_REASONS))).isFalse();
    assertThat(Overlays.FLAGGED.want(true, List.of(Verdict.NO_REGION))).isFalse();
    assertThat(Overlays.FLAGGED.want(true, List.of(Verdict.RIGHT_FOR_WRONG_REASONS))).isTrue();
    assertThat(Overlays.FLAGGED.want(true, List.of(Verdict.EMPTY_MAP))).isTrue();
    assertThat(Overlays.FLAGGED.want(false, List.of(Verdict.WRONG_BUT_LOOKED_RIGHT))).isTrue();
    assertThat(Overlays.FLAGGED.want(false, List.of(Verdict.NO_REGION))).isTrue();
  }

  @Test
  void oneClassOfAMultiLabelModelIsEnough() {
    List<Verdict> sound = List.of(Verdict.RIGHT_FOR_RIGHT_REASONS, Verdict.NO_REGION);
    assertThat(Overlays.FLAGGED.want(true, sound)).isFalse();
    List<Verdict> verdicts =
        List.of(Verdict.RIGHT_FOR_RIGHT_REASONS, Verdict.RIGHT_FOR_WRONG_REASONS);
    assertThat(Overlays.FLAGGED.want(true, verdicts)).isTrue();
    assertThat(Overlays.FLAGGED.want(null, verdicts)).as("one of its labels is unknown").isTrue();
    assertThat(Overlays.WRONG.want(true, verdicts)).isFalse();
  }

  @Test
  void withoutALabelNothingIsKnownToBeWrong() {
    assertThat(Overlays.FLAGGED.want(null, List.of())).isFalse();
    assertThat(Overlays.WRONG.want(null, List.of())).isFalse();
    assertThat(Overlays.ALL.want(null, List.of())).isTrue();
  }
}
