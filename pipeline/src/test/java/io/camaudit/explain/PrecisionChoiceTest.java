package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.savedmodel.Precision;
import org.junit.jupiter.api.Test;

class PrecisionChoiceTest {
  @Test
  void bfloat16IsRefusedWhereTheProcessorHasNone() {
    assertThatThrownBy(() -> PrecisionChoice.check(Precision.BFLOAT16, false))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--precision bfloat16: this machine's processor has neither AMX_BF16 nor AVX512_BF16; leave the option out.");
    assertThatCode(() -> PrecisionChoice.check(Precision.BFLOAT16, true))
        .doesNotThrowAnyException();
    assertThatCode(() -> PrecisionChoice.check(Precision.FLOAT32, false))
        .doesNotThrowAnyException();
  }

  @Test
  void bfloat16WithoutMatrixUnitsMayBeSlow() {
    assertThat(PrecisionChoice.note(Precision.BFLOAT16, false))
        .hasValueSatisfying(note -> assertThat(note).contains("may be slower than float32"));
    assertThat(PrecisionChoice.note(Precision.BFLOAT16, true)).isEmpty();
    assertThat(PrecisionChoice.note(Precision.FLOAT32, false)).isEmpty();
  }
}
