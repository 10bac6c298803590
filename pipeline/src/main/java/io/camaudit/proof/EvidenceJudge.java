package io.camaudit.proof;

import io.camaudit.stats.Significance;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Gives classes their level. What confirmed asks for is one family of tests over the classes, what
 * refuted asks for another; a test counts after Benjamini–Hochberg. A class for which both hold is
 * confirmed: part of its predictions rest on something else. What backgrounds add is a third, said
 * of a class whatever its level.
 */
final class EvidenceJudge {
  private EvidenceJudge() {}

  /** One piece of evidence a class, in their order. */
  static List<Evidence> judge(List<ClassProof> classes, EvidenceRules rules) {
    List<Tested> tested = classes.stream().map(proof -> Tested.of(proof, classes)).toList();
    Double[] confirming = tested.stream().map(t -> t.confirming(rules)).toArray(Double[]::new);
    Double[] refuting = tested.stream().map(t -> t.refuting(rules)).toArray(Double[]::new);
    Double[] confirmed = adjusted(confirming);
    Double[] refuted = adjusted(refuting);
    Double[] moved = tested.stream().map(Tested::moved).toArray(Double[]::new);
    Double[] gap = adjusted(moved);
    return IntStream.range(0, tested.size())
        .mapToObj(
            i -> {
              EvidenceText text = new EvidenceText(tested.get(i), rules);
              boolean isConfirmed = counts(confirmed[i], rules) && tested.get(i).isLarge(rules);
              boolean isRefuted = !isConfirmed && counts(refuted[i], rules);
              EvidenceLevel level =
                  isConfirmed
                      ? EvidenceLevel.CONFIRMED
                      : isRefuted ? EvidenceLevel.REFUTED : EvidenceLevel.UNDECIDED;
              String sentence =
                  switch (level) {
                    case CONFIRMED -> text.confirmed(confirmed[i], tests(confirming));
                    case REFUTED -> text.refuted(refuted[i], tests(refuting));
                    case UNDECIDED -> text.undecided();
                  };
              boolean isTied = counts(gap[i], rules) && tested.get(i).isTiedToBackgrounds(rules);
              return new Evidence(
                  level,
                  sentence,
                  level == EvidenceLevel.UNDECIDED ? text.decide() : null,
                  isTied ? text.background(gap[i], tests(moved)) : null,
                  confirming[i],
                  confirmed[i],
                  refuting[i],
                  refuted[i],
                  gap[i]);
            })
        .toList();
  }

  private static boolean counts(Double adjusted, EvidenceRules rules) {
    return adjusted != null && adjusted <= rules.falseDiscoveryRate();
  }

  private static int tests(Double[] p) {
    return (int) Arrays.stream(p).filter(Objects::nonNull).count();
  }

  /** Over those that are known; null stays null. */
  private static Double[] adjusted(Double[] p) {
    int[] known = IntStream.range(0, p.length).filter(i -> p[i] != null).toArray();
    double[] adjusted =
        Significance.benjaminiHochberg(Arrays.stream(known).mapToDouble(i -> p[i]).toArray());
    Double[] all = new Double[p.length];
    for (int i = 0; i < known.length; i++) {
      all[known[i]] = adjusted[i];
    }
    return all;
  }
}
