package io.camaudit.compare;

import io.camaudit.proof.ClassProof;
import io.camaudit.proof.Proofs;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.stats.PairedCounts;
import io.camaudit.stats.RateChange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares two runs' proofs, answer by answer: of a class, the images that both changed in the same
 * way. Holds one run's answers. Mutable, for one comparison.
 */
public final class ProofComparer {
  private final Proofs before;
  private final Proofs after;
  private final Map<Key, Boolean> keptBefore = new HashMap<>();

  /** By the first run's class, the counts of each variant. */
  private final Map<Integer, Map<Variant, PairedCounts>> counts = new HashMap<>();

  private final Map<Integer, Integer> classBefore = new HashMap<>();

  /** An answer by the first run's class; the donor of a transplant is part of what was done. */
  private record Key(int classIndex, String image, Variant variant, String donor) {
    static Key of(int classIndex, VariantAnswer answer) {
      boolean transplant = answer.variant() == Variant.TRANSPLANT;
      return new Key(
          classIndex, answer.image(), answer.variant(), transplant ? answer.donor() : null);
    }
  }

  public ProofComparer(Proofs before, Proofs after) {
    this.before = before;
    this.after = after;
    for (ClassProof proof : before.classes()) {
      same(proof)
          .ifPresent(other -> classBefore.put(other.classRef().index(), proof.classRef().index()));
    }
  }

  /** Takes an answer of the first run; all of them come before the second's. */
  public void before(VariantAnswer answer) {
    if (answer.counts()) {
      keptBefore.put(Key.of(answer.classIndex(), answer), answer.kept());
    }
  }

  /** Takes an answer of the second run. */
  public void after(VariantAnswer answer) {
    Integer index = classBefore.get(answer.classIndex());
    Boolean kept = index == null ? null : keptBefore.get(Key.of(index, answer));
    if (kept != null && answer.counts()) {
      Map<Variant, PairedCounts> ofClass =
          counts.computeIfAbsent(index, key -> new EnumMap<>(Variant.class));
      ofClass.put(
          answer.variant(),
          ofClass.getOrDefault(answer.variant(), PairedCounts.NONE).plus(kept, answer.kept()));
    }
  }

  /** The classes that both proofs have, in the order of the first. */
  public List<ProofChange> result() {
    List<ProofChange> changes = new ArrayList<>();
    for (ClassProof proof : before.classes()) {
      same(proof)
          .ifPresent(
              other -> {
                Map<Variant, RateChange> kept = new EnumMap<>(Variant.class);
                counts
                    .getOrDefault(proof.classRef().index(), Map.of())
                    .forEach((variant, paired) -> kept.put(variant, paired.change()));
                changes.add(
                    new ProofChange(
                        proof.classRef(),
                        proof.evidence().level(),
                        other.evidence().level(),
                        kept));
              });
    }
    return changes;
  }

  private Optional<ClassProof> same(ClassProof proof) {
    return after.classes().stream()
        .filter(other -> proof.classRef().isSameAs(other.classRef()))
        .findFirst();
  }
}
