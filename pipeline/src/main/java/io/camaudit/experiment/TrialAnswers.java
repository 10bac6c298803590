package io.camaudit.experiment;

import io.camaudit.explain.InputModel;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantAnswer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the model says to the pictures of one trial; filled as answers come. */
final class TrialAnswers {
  private final Trial trial;
  private final Map<Variant, InputModel.Answer> variants = new EnumMap<>(Variant.class);
  private InputModel.Answer untouched;
  private InputModel.Answer receiver;

  TrialAnswers(Trial trial) {
    this.trial = trial;
  }

  Trial trial() {
    return trial;
  }

  void untouched(InputModel.Answer answer) {
    untouched = answer;
  }

  void receiver(InputModel.Answer answer) {
    receiver = answer;
  }

  void put(Variant variant, InputModel.Answer answer) {
    variants.put(variant, answer);
  }

  /** Why nothing can be counted; null if it can. */
  String problem() {
    if (!untouched.isFinite()) {
      return "the model's numbers for it are not finite";
    }
    return untouched.predicted() == trial.image().classIndex()
        ? null
        : "the model does not predict it as its class any more";
  }

  /** One for each variant whose numbers are finite, without pictures. */
  List<VariantAnswer> list() {
    List<VariantAnswer> answers = new ArrayList<>();
    variants.forEach(
        (variant, answer) -> {
          boolean usable = answer.isFinite();
          if (variant == Variant.TRANSPLANT) {
            // Who is the class already cannot become it.
            usable &= receiver.isFinite() && receiver.predicted() != trial.image().classIndex();
          }
          if (usable) {
            answers.add(answer(variant, answer));
          }
        });
    return answers;
  }

  private VariantAnswer answer(Variant variant, InputModel.Answer answer) {
    String own = trial.image().ref().name();
    boolean transplant = variant == Variant.TRANSPLANT;
    InputModel.Answer before = transplant ? receiver : untouched;
    return new VariantAnswer(
        transplant ? trial.otherClass().ref().name() : own,
        switch (variant) {
          case SAME_BACKGROUND -> trial.sameClass().ref().name();
          case OTHER_BACKGROUND -> trial.otherClass().ref().name();
          case TRANSPLANT -> own;
          default -> null;
        },
        trial.image().classIndex(),
        variant,
        before.predicted(),
        before.logit(),
        before.probability(),
        answer.predicted(),
        answer.logit(),
        answer.probability(),
        null,
        null);
  }
}
