package io.camaudit.page;

import io.camaudit.compare.ProofChange;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.Variant;
import io.camaudit.stats.RateChange;
import java.util.List;

/** What a comparison's page shows of the two runs' proofs. */
final class DiffProofs {
  private DiffProofs() {}

  /** A level of evidence. */
  record Level(String name, String tone) {
    static Level of(EvidenceLevel level) {
      return new Level(Words.name(level), Words.tone(level));
    }
  }

  /** A class in both runs. */
  record Row(String name, Level before, Level after, String without, String alone) {}

  /** The classes whose level is another, or that both runs confirm; empty without proofs. */
  static List<Row> rows(List<ProofChange> proofs) {
    return proofs == null
        ? List.of()
        : proofs.stream()
            .filter(
                proof ->
                    proof.levelBefore() != proof.levelAfter()
                        || proof.levelBefore() == EvidenceLevel.CONFIRMED)
            .map(
                proof ->
                    new Row(
                        proof.classRef().name(),
                        Level.of(proof.levelBefore()),
                        Level.of(proof.levelAfter()),
                        share(proof.kept().get(Variant.OBJECT_OUT)),
                        share(proof.kept().get(Variant.ONLY_OBJECT))))
            .toList();
  }

  private static String share(RateChange change) {
    return change == null ? "–" : Words.change(change);
  }
}
