package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.Bfloat16Support;
import io.camaudit.savedmodel.Precision;

/** Checks that a machine can compute with a precision. */
public final class PrecisionChoice {
  private PrecisionChoice() {}

  /**
   * @throws UserException if this machine cannot
   */
  public static void check(Precision precision) {
    check(precision, Bfloat16Support.isHere());
  }

  static void check(Precision precision, boolean bfloat16) {
    if (precision == Precision.BFLOAT16 && !bfloat16) {
      throw UserException.wrongArguments(
          "--precision bfloat16: this machine's processor has neither AMX_BF16 nor AVX512_BF16; leave the option out.");
    }
  }
}
