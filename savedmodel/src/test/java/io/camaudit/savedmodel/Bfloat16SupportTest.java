package io.camaudit.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** On shortened texts of /proc/cpuinfo as such machines give them. */
class Bfloat16SupportTest {
  private static final String SAPPHIRE_RAPIDS =
      """
      processor\t: 0
      model name\t: Intel(R) Xeon(R) Platinum 8488C
      flags\t\t: fpu sse2 avx512f avx512_vnni avx512_bf16 amx_bf16 avx512_fp16 amx_tile amx_int8
      bugs\t\t: spectre_v1
      """;
  private static final String ZEN_4 =
      """
      processor\t: 0
      model name\t: AMD EPYC 9R14
      flags\t\t: fpu sse2 avx512f avx512_bf16 avx512vbmi
      """;
  private static final String ICE_LAKE =
      """
      processor\t: 0
      model name\t: Intel(R) Xeon(R) Platinum 8375C CPU, not amx_bf16
      flags\t\t: fpu sse2 avx512f avx512vbmi avx512_vnni avx512_bitalg
      """;
  private static final String GRAVITON_3 =
      """
      processor\t: 0
      BogoMIPS\t: 2100.00
      Features\t: fp asimd evtstrm aes bf16 i8mm svebf16
      CPU implementer\t: 0x41
      """;

  @Test
  void eitherSetOfInstructionsIsEnough() {
    assertThat(Bfloat16Support.isIn(SAPPHIRE_RAPIDS)).isTrue();
    assertThat(Bfloat16Support.isIn(ZEN_4)).isTrue();
    assertThat(Bfloat16Support.isIn(SAPPHIRE_RAPIDS.replace("avx512_bf16 ", ""))).isTrue();
  }

  @Test
  void avx512AloneAndOtherLinesAreNot() {
    assertThat(Bfloat16Support.isIn(ICE_LAKE)).isFalse();
    assertThat(Bfloat16Support.isIn(GRAVITON_3)).isFalse();
    assertThat(Bfloat16Support.isIn("")).isFalse();
  }

  @Test
  void vectorsAloneAreNoMatrixUnits() {
    assertThat(Bfloat16Support.hasMatrixUnits(SAPPHIRE_RAPIDS)).isTrue();
    assertThat(Bfloat16Support.hasMatrixUnits(ZEN_4)).isFalse();
    assertThat(Bfloat16Support.hasMatrixUnits(SAPPHIRE_RAPIDS + "\n" + ZEN_4)).isFalse();
  }

  @Test
  void everyProcessorMustHaveThem() {
    assertThat(Bfloat16Support.isIn(SAPPHIRE_RAPIDS + "\n" + ZEN_4)).isTrue();
    assertThat(Bfloat16Support.isIn(SAPPHIRE_RAPIDS + "\n" + ICE_LAKE)).isFalse();
  }
}
