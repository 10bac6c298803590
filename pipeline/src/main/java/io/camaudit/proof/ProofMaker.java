package io.camaudit.proof;

import io.camaudit.report.ClassRef;
import java.util.List;
import java.util.function.IntFunction;

/** Counts what became of one class's images. */
public final class ProofMaker {
  static final int MOST_STRIPS = 6;

  private ProofMaker() {}

  /**
   * The class's numbers, without its level.
   *
   * @param classIndex the class under proof, an output of the model
   * @param classes the model's classes by their index
   * @param flagged whether the run's statistics flag the class
   * @param answers to the class's variants, in any order; the order changes nothing
   */
  public static ClassProof of(
      int classIndex,
      IntFunction<ClassRef> classes,
      boolean flagged,
      List<VariantAnswer> answers) {
    throw new UnsupportedOperationException();
  }
}
