package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.Bfloat16Support;
import io.camaudit.savedmodel.Precision;
import java.util.Optional;

/** Checks that a machine can compute with a precision, and says if it would not do it fast. */
public final class PrecisionChoice {
  private PrecisionChoice() {}

  /**
   * @throws UserException if this machine cannot
   */
  public static void check(Precision precision) {
    check(precision, Bfloat16Support.isHere());
  }

  /** What a user should know of the choice on this machine; empty if nothing. */
  public static Optional<String> note(Precision precision) {
    return note(precision, Bfloat16Support.hasMatrixUnits());
  }

  static Optional<String> note(Precision precision, boolean matrixUnits) {
    return precision == Precision.BFLOAT16 && !matrixUnits
        ? Optional.of(
            "precision: this machine's processor has AVX512_BF16 without AMX_BF16, with which bfloat16 may be slower than float32; a few hundred images in either tell")
        : Optional.empty();
  }

  static void check(Precision precision, boolean bfloat16) {
    if (precision == Precision.BFLOAT16 && !bfloat16) {
      throw UserException.wrongArguments(
          "--precision bfloat16: this machine's processor has neither AMX_BF16 nor AVX512_BF16; leave the option out.");
    }
  }
}
