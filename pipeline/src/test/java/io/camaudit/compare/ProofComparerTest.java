package io.camaudit.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceLevel;
import io.camaudit.proof.EvidenceRules;
import io.camaudit.proof.ProofMaker;
import io.camaudit.proof.Proofs;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.RateChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProofComparerTest {
  private static final List<String> NAMES = List.of("cat", "dog", "cow");

  /** A run's answers; its model may have the classes in another order. */
  private static final class Run {
    private final List<String> order;
    private final List<VariantAnswer> answers = new ArrayList<>();

    Run(String... order) {
      this.order = List.of(order);
    }

    Run with(String name, int image, Variant variant, boolean kept) {
      int index = order.indexOf(name);
      int other = (index + 1) % order.size();
      boolean transplant = variant == Variant.TRANSPLANT;
      answers.add(
          new VariantAnswer(
              name + image,
              transplant ? "donor" : null,
              index,
              variant,
              transplant ? other : index,
              5,
              0.9,
              kept ? index : other,
              1,
              0.5,
              null,
              null));
      return this;
    }

    Run with(String name, int from, int to, boolean without, boolean alone) {
      for (int i = from; i < to; i++) {
        with(name, i, Variant.OBJECT_OUT, without);
        with(name, i, Variant.ONLY_OBJECT, alone);
        with(name, i, Variant.CONTROL, true);
      }
      return this;
    }

    Proofs proofs() {
      List<ClassProof> proofs = new ArrayList<>();
      for (int index = 0; index < order.size(); index++) {
        int number = index;
        proofs.add(
            ProofMaker.of(
                index,
                i -> new ClassRef(i, "id-" + order.get(i), order.get(i)),
                false,
                answers.stream().filter(answer -> answer.classIndex() == number).toList()));
      }
      return Proofs.of(proofs, EvidenceRules.DEFAULT);
    }
  }

  @Test
  void theSameImagesOfTheSameClassArePaired() {
    Run before = new Run("cat", "dog", "cow").with("cat", 0, 16, true, false);
    before.with("dog", 0, 16, false, true);
    // The second model has the classes in another order, and another choice of images.
    Run after = new Run("cow", "cat", "dog").with("cat", 4, 24, false, true);
    after.with("dog", 0, 16, false, true);
    List<ProofChange> changes = compare(before, after);
    assertThat(changes.stream().map(change -> change.classRef().name())).isEqualTo(NAMES);
    ProofChange cat = changes.get(0);
    assertThat(cat.levelBefore()).isEqualTo(EvidenceLevel.CONFIRMED);
    assertThat(cat.levelAfter()).isEqualTo(EvidenceLevel.REFUTED);
    RateChange without = cat.kept().get(Variant.OBJECT_OUT);
    assertThat(without.before().of()).isEqualTo(12);
    assertThat(without.lost()).isEqualTo(12);
    assertThat(without.difference()).isEqualTo(-1);
    assertThat(without.pValue()).isCloseTo(2 / 4096.0, within(1e-12));
    assertThat(cat.kept().keySet())
        .containsExactly(Variant.OBJECT_OUT, Variant.ONLY_OBJECT, Variant.CONTROL);
    assertThat(changes.get(1).kept().get(Variant.OBJECT_OUT).difference()).isZero();
    assertThat(changes.get(2).kept()).isEmpty();
    assertThat(changes.get(2).levelAfter()).isEqualTo(EvidenceLevel.UNDECIDED);
  }

  @Test
  void answersThatSayNothingInOneOfTheRunsAreLeftOut() {
    Run before = new Run("cat", "dog").with("cat", 0, Variant.TRANSPLANT, true);
    Run after = new Run("cat", "dog").with("cat", 0, Variant.TRANSPLANT, false);
    // In the second run the model calls the untouched picture another class.
    before.with("cat", 1, Variant.OBJECT_OUT, true);
    after.answers.add(
        new VariantAnswer("cat1", null, 0, Variant.OBJECT_OUT, 1, 5, 0.1, 0, 1, 0.5, null, null));
    ProofChange cat = compare(before, after).get(0);
    assertThat(cat.kept()).containsOnlyKeys(Variant.TRANSPLANT);
    assertThat(cat.kept().get(Variant.TRANSPLANT).lost()).isEqualTo(1);
  }

  @Test
  void aClassThatOneRunLacksIsLeftOut() {
    Run before = new Run("cat", "dog").with("dog", 0, Variant.CONTROL, true);
    Run after = new Run("cat", "cow").with("cow", 0, Variant.CONTROL, true);
    assertThat(compare(before, after).stream().map(change -> change.classRef().name()))
        .containsExactly("cat");
  }

  private static List<ProofChange> compare(Run before, Run after) {
    ProofComparer comparer = new ProofComparer(before.proofs(), after.proofs());
    before.answers.forEach(comparer::before);
    after.answers.forEach(comparer::after);
    return comparer.result();
  }
}
