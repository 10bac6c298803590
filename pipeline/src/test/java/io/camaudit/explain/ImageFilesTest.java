package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.explain.ImageFiles.Overlays;
import io.camaudit.report.Verdict;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
  @Test
  void overlaysAreOfTheImagesThatWereAskedFor() {
    for (Verdict verdict : Verdict.values()) {
      for (Boolean correct : new Boolean[] {true, false}) {
        assertThat(Overlays.ALL.want(correct, verdict)).isTrue();
        assertThat(Overlays.NONE.want(correct, verdict)).isFalse();
        assertThat(Overlays.WRONG.want(correct, verdict)).isEqualTo(!correct);
      }
    }
    assertThat(Overlays.FLAGGED.want(true, Verdict.RIGHT_FOR_RIGHT_REASONS)).isFalse();
    assertThat(Overlays.FLAGGED.want(true, Verdict.NO_REGION)).isFalse();
    assertThat(Overlays.FLAGGED.want(true, Verdict.RIGHT_FOR_WRONG_REASONS)).isTrue();
    assertThat(Overlays.FLAGGED.want(true, Verdict.EMPTY_MAP)).isTrue();
    assertThat(Overlays.FLAGGED.want(false, Verdict.WRONG_BUT_LOOKED_RIGHT)).isTrue();
    assertThat(Overlays.FLAGGED.want(false, Verdict.NO_REGION)).isTrue();
  }

  @Test
  void withoutALabelNothingIsKnownToBeWrong() {
    assertThat(Overlays.FLAGGED.want(null, null)).isFalse();
    assertThat(Overlays.WRONG.want(null, null)).isFalse();
    assertThat(Overlays.ALL.want(null, null)).isTrue();
  }
}
