package io.camaudit.savedmodel;

import java.util.Locale;

/**
 * The numbers that a session computes with. A choice of the session, not of the exported model:
 * weights, inputs and everything that is fetched are float32 either way.
 */
public enum Precision {
  /** 24 significant bits in every operation: the reference that everything is compared with. */
  FLOAT32,
  /**
   * 8 significant bits, the range of float32, in the inputs and outputs of convolutions, products
   * of matrices and what lies between them; their sums are float32. A processor that multiplies
   * such numbers in hardware is several times faster; {@link Bfloat16Support} tells.
   */
  BFLOAT16;

  /** As it is written on the command line and in files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
