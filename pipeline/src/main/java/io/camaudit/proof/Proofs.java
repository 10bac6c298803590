package io.camaudit.proof;

import java.util.List;

/**
 * The content of {@code proof.json}: absent values are left out, the same answers give the same
 * bytes whatever their order.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param rules what it took to call a suspicion confirmed or refuted
 * @param classes by class index
 */
public record Proofs(int schema, EvidenceRules rules, List<ClassProof> classes) {
  public static final int SCHEMA = 1;

  public Proofs {
    classes = List.copyOf(classes);
  }

  /** Gives each class its level. */
  public static Proofs of(List<ClassProof> classes, EvidenceRules rules) {
    throw new UnsupportedOperationException();
  }
}
