package io.camaudit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.stats.Confusion;
import io.camaudit.stats.RateChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ProofMakerTest {
  @Test
  void sharesHaveTheirIntervals() {
    VariantResult result =
        Answers.of(3, 10).with(Variant.OBJECT_OUT, 8).proof().variants().get(Variant.OBJECT_OUT);
    // Wilson's formula with z = 1.959964, computed in Python.
    assertThat(result.kept().value()).isEqualTo(0.8);
    assertThat(result.kept().low()).isCloseTo(0.490162, within(1e-6));
    assertThat(result.kept().high()).isCloseTo(0.943318, within(1e-6));
    assertThat(result.againstControl()).isNull();
  }

  @Test
  void meansAreOfEachImagesOwnChange() {
    List<VariantAnswer> answers = new ArrayList<>();
    double[] logits = {7, 6, 2}; // from 8: −1, −2, −6; mean −3, variance (4 + 1 + 9) / 2 = 7
    double[] probabilities = {0.95, 0.75, 0.05}; // from 0.95: 0, −0.2, −0.9
    for (int i = 0; i < 3; i++) {
      answers.add(
          new VariantAnswer(
              i + ".jpg",
              null,
              0,
              Variant.CONTROL,
              0,
              8,
              0.95,
              0,
              logits[i],
              probabilities[i],
              null,
              null));
    }
    // An image without a number counts as kept and has no change.
    answers.add(
        new VariantAnswer(
            "nan.jpg", null, 0, Variant.CONTROL, 0, 8, 0.95, 0, Double.NaN, 0.9, null, null));
    VariantResult result =
        ProofMaker.of(0, Answers::classRef, true, answers).variants().get(Variant.CONTROL);
    assertThat(result.kept().of()).isEqualTo(4);
    assertThat(result.logit().before()).isEqualTo(8);
    assertThat(result.logit().after()).isEqualTo(5);
    assertThat(result.logit().difference().count()).isEqualTo(3);
    assertThat(result.logit().difference().mean()).isEqualTo(-3);
    // 1.959964 sqrt(7) / sqrt(3) = 2.993894
    assertThat(result.logit().difference().low()).isCloseTo(-5.993894, within(1e-6));
    assertThat(result.logit().difference().high()).isCloseTo(-0.006106, within(1e-6));
    assertThat(result.probability().difference().count()).isEqualTo(4);
    assertThat(result.probability().difference().mean()).isCloseTo(-1.15 / 4, within(1e-9));
  }

  @Test
  void differencesAreBetweenTheSameImages() {
    // Control kept by images 0-5 of 8, without the object by 0 and 6: both 1, only control 5, only
    // without 1, neither 1. Newcombe's method 10 in another implementation: -0.5, -0.791523 to
    // 0.056401; McNemar's: 2 (1 + 6) / 2^6.
    Answers answers = Answers.of(1, 8).with(Variant.CONTROL, 6);
    for (int i = 0; i < 8; i++) {
      answers.add(Variant.OBJECT_OUT, i, i == 0 || i == 6 ? 1 : 2, 0.5);
    }
    RateChange change = answers.proof().variants().get(Variant.OBJECT_OUT).againstControl();
    assertThat(change.before().count()).isEqualTo(6);
    assertThat(change.after().count()).isEqualTo(2);
    assertThat(change.lost()).isEqualTo(5);
    assertThat(change.gained()).isEqualTo(1);
    assertThat(change.difference()).isEqualTo(-0.5);
    assertThat(change.low()).isCloseTo(-0.791523, within(1e-6));
    assertThat(change.high()).isCloseTo(0.056401, within(1e-6));
    assertThat(change.pValue()).isCloseTo(14 / 64.0, within(1e-12));
  }

  @Test
  void theBackgroundGapIsSameMinusOther() {
    // Its own backgrounds: all of 8; others': the first 4. A margin of the table is empty, so the
    // correlation is 0 and the ends are square-and-add alone, of Wilson's intervals in Python:
    // 8 of 8: 0.675592 to 1; 4 of 8: 0.215216 to 0.784784.
    ClassProof proof =
        Answers.of(1, 8).with(Variant.SAME_BACKGROUND, 8).with(Variant.OTHER_BACKGROUND, 4).proof();
    assertThat(proof.backgroundGap().difference()).isEqualTo(0.5);
    assertThat(proof.backgroundGap().low())
        .isCloseTo(0.5 - Math.hypot(1 - 0.675592, 0.784784 - 0.5), within(2e-6));
    assertThat(proof.backgroundGap().high()).isCloseTo(0.5 + 0.5 - 0.215216, within(2e-6));
    assertThat(proof.backgroundGap().pValue()).isCloseTo(2 / 16.0, within(1e-12));
    assertThat(Answers.of(1, 8).with(Variant.SAME_BACKGROUND, 8).proof().backgroundGap()).isNull();
  }

  @Test
  void hotSpotsAreComparedWithColdOnes() {
    ClassProof proof =
        Answers.of(1, 6)
            .with(Variant.HOT_SPOT_OUT, 1)
            .with(Variant.COLD_SPOT_OUT, 6)
            .with(Variant.CONTROL, 2)
            .proof();
    assertThat(proof.variants().get(Variant.HOT_SPOT_OUT).againstControl().lost()).isEqualTo(5);
    assertThat(proof.variants().get(Variant.COLD_SPOT_OUT).againstControl()).isNull();
    assertThat(proof.variants().get(Variant.CONTROL).againstControl()).isNull();
  }

  @Test
  void aTransplantCountsWhatBecomesTheClass() {
    ClassProof proof = Answers.of(1, 5).with(Variant.TRANSPLANT, 2, 2).proof();
    VariantResult result = proof.variants().get(Variant.TRANSPLANT);
    assertThat(result.kept().count()).isEqualTo(2);
    assertThat(result.kept().of()).isEqualTo(5);
    assertThat(proof.images()).isZero();
    assertThat(proof.strips()).isEmpty();
  }

  @Test
  void whatCannotBeKeptOrBecomeIsLeftOut() {
    VariantAnswer neverTheClass =
        new VariantAnswer("a", null, 1, Variant.OBJECT_OUT, 2, 1, 0.1, 1, 1, 0.9, null, null);
    VariantAnswer alreadyTheClass =
        new VariantAnswer("b", "c", 1, Variant.TRANSPLANT, 1, 1, 0.9, 1, 1, 0.9, null, null);
    ClassProof proof =
        ProofMaker.of(1, Answers::classRef, false, List.of(neverTheClass, alreadyTheClass));
    assertThat(proof.variants()).isEmpty();
    assertThat(proof.images()).isZero();
  }

  @Test
  void whatImagesBecomeWithoutTheObjectIsCounted() {
    Answers answers = Answers.of(1, 0);
    int[] predicted = {7, 1, 7, 3, 1, 9};
    for (int i = 0; i < predicted.length; i++) {
      answers.add(Variant.OBJECT_OUT, i, predicted[i], 0.5);
    }
    assertThat(answers.proof().withoutObject())
        .containsExactly(
            new Confusion(Answers.classRef(1), 2, 2 / 6.0),
            new Confusion(Answers.classRef(7), 2, 2 / 6.0),
            new Confusion(Answers.classRef(3), 1, 1 / 6.0),
            new Confusion(Answers.classRef(9), 1, 1 / 6.0));
  }

  @Test
  void theOrderOfAnswersChangesNothing() {
    List<VariantAnswer> answers = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      for (Variant variant : Variant.values()) {
        double probability = random.nextInt(4) / 4.0; // with ties
        answers.addAll(
            Answers.of(1, 0).add(variant, i, probability > 0.5 ? 1 : 2, probability).list());
      }
    }
    ClassProof proof = ProofMaker.of(1, Answers::classRef, false, answers);
    assertThat(proof.variants()).hasSize(8);
    assertThat(proof.strips()).hasSize(ProofMaker.MOST_STRIPS);
    Collections.shuffle(answers, random);
    assertThat(ProofMaker.of(1, Answers::classRef, false, answers)).isEqualTo(proof);
  }

  @Test
  void stripsShowWhatTheClassShows() {
    Answers answers = Answers.of(1, 0);
    // Without the object, the object alone: the class is mostly kept without; image 2 the other
    // way.
    double[][] probabilities = {{0.6, 0.5}, {0.9, 0.1}, {0.2, 0.8}, {0.9, 0.2}};
    for (int i = 0; i < 4; i++) {
      answers.add(Variant.ONLY_OBJECT, i, 2, probabilities[i][1]);
      answers.add(Variant.OBJECT_OUT, i, 1, probabilities[i][0]);
    }
    ClassProof proof = answers.proof();
    assertThat(proof.strips().stream().map(Strip::image))
        .containsExactly("class-1/01.jpg", "class-1/03.jpg", "class-1/00.jpg", "class-1/02.jpg");
    assertThat(proof.strips().stream().map(Strip::image).toList())
        .isEqualTo(ProofMaker.mostTelling(1, answers.list()));
    Strip first = proof.strips().get(0);
    assertThat(first.original()).isEqualTo("proof/1/01.jpg");
    assertThat(first.probability()).isEqualTo(0.95);
    assertThat(first.frames().stream().map(Strip.Frame::variant))
        .containsExactly(Variant.OBJECT_OUT, Variant.ONLY_OBJECT);
    assertThat(first.frames().get(0).kept()).isTrue();
    assertThat(first.frames().get(1).predicted()).isEqualTo(Answers.classRef(2));
    // The other way around, the least come first.
    Answers sound = Answers.of(1, 0);
    for (int i = 0; i < 2; i++) {
      sound.add(Variant.OBJECT_OUT, i, 2, 0.3 - 0.1 * i).add(Variant.ONLY_OBJECT, i, 1, 0.9);
    }
    assertThat(ProofMaker.mostTelling(1, sound.list()))
        .containsExactly("class-1/01.jpg", "class-1/00.jpg");
    // Of those, one that is lost on another class's background comes before all.
    for (int i = 0; i < 2; i++) {
      sound
          .add(Variant.SAME_BACKGROUND, i, 1, 0.9)
          .add(Variant.OTHER_BACKGROUND, i, 1, 0.2 + 0.6 * i);
    }
    assertThat(ProofMaker.mostTelling(1, sound.list()))
        .containsExactly("class-1/00.jpg", "class-1/01.jpg");
  }

  @Test
  void doubleAnswersAndThoseOfAnotherClassAreMistakes() {
    Answers twice = Answers.of(1, 2).with(Variant.CONTROL, 1).with(Variant.CONTROL, 1);
    assertThatThrownBy(twice::proof).hasMessageContaining("two answers");
    assertThatThrownBy(() -> ProofMaker.of(2, Answers::classRef, false, twice.list().subList(0, 1)))
        .hasMessageContaining("another class");
  }
}
