package io.camaudit.proof;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The content of {@code proof.json}: absent values are left out, the same answers give the same
 * bytes whatever their order.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param procedure how it was made; null if that is not known
 * @param rules what it took to call a suspicion confirmed or refuted
 * @param classes by class index
 */
public record Proofs(
    int schema, Procedure procedure, EvidenceRules rules, List<ClassProof> classes) {
  public static final int SCHEMA = 1;

  public Proofs {
    classes = List.copyOf(classes);
  }

  /** Gives each class its level, by what the others show. */
  public static Proofs of(List<ClassProof> classes, EvidenceRules rules) {
    List<ClassProof> ordered =
        classes.stream()
            .sorted(Comparator.comparing((ClassProof proof) -> proof.classRef().index()))
            .toList();
    List<Evidence> evidence = EvidenceJudge.judge(ordered, rules);
    return new Proofs(
        SCHEMA,
        null,
        rules,
        IntStream.range(0, ordered.size())
            .mapToObj(i -> ordered.get(i).with(evidence.get(i)))
            .toList());
  }

  /** The same with how it was made. */
  public Proofs by(Procedure how) {
    return new Proofs(schema, how, rules, classes);
  }
}
