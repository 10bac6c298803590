package io.camaudit.gate;

import static io.camaudit.gate.RuleResult.Outcome.PASSED;
import static io.camaudit.gate.RuleResult.Outcome.SKIPPED;
import static io.camaudit.gate.RuleResult.Outcome.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.camaudit.UserException;
import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceRules;
import io.camaudit.proof.ProofMaker;
import io.camaudit.proof.Proofs;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.report.ClassRef;
import io.camaudit.stats.DatasetStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProofCheckTest {
  private static final ClassRef CAT = Runs.classRef(0, "cat");
  private static final ClassRef DOG = Runs.classRef(1, "dog");
  private static final ClassRef EEL = Runs.classRef(2, "eel");
  private static final DatasetStatistics RUN =
      Runs.of(Runs.row(CAT, 9, 10), Runs.row(DOG, 4, 8), Runs.row(EEL, 1, 1));

  /** The cat is planted; the dog is sound; the eel has four images. */
  private static final Proofs PROOFS =
      Proofs.of(
          List.of(proof(CAT, 16, 14, 0, 16, 4), proof(DOG, 20, 1, 20, 18, 17), proof(EEL, 4, 2, 4)),
          EvidenceRules.DEFAULT);

  @TempDir Path folder;

  @Test
  void keptWithoutTheObjectHasAGreatestShare() throws IOException {
    // 17 of 40 in all; 14 of 16, 1 of 20, 2 of 4.
    assertThat(outcomes("kept-without-object: {maximum: 0.425, every-class: 0.875}"))
        .containsExactly(PASSED, PASSED, PASSED, PASSED);
    List<RuleResult> results =
        judge(
            "{minimum-images: 5, kept-without-object: {maximum: 0.42, every-class: 0.2,"
                + " classes: {Dog: 0.05}}}",
            PROOFS);
    assertThat(results)
        .extracting(RuleResult::outcome)
        .containsExactly(VIOLATED, PASSED, VIOLATED, SKIPPED);
    assertThat(results.get(0))
        .isEqualTo(
            new RuleResult(
                "kept-without-object",
                "all images at most 42.0 %",
                VIOLATED,
                "Share kept without the object of all images is 42.5 % (17 of 40, 95 % interval 28.5"
                    + " to 57.8 %); wanted is at most 42.0 %."));
    assertThat(results.get(2).sentence()).contains("class cat is 87.5 % (14 of 16");
    assertThat(results.get(3).sentence())
        .isEqualTo(
            "Share kept without the object of class eel is known of 4 images; minimum-images is 5.");
    // Wilson's interval of 1 of 20 ends at 0.236.
    assertThat(outcomes("{judge-by: interval, kept-without-object: {classes: {dog: 0.24}}}"))
        .containsExactly(PASSED);
    assertThat(outcomes("{judge-by: interval, kept-without-object: {classes: {dog: 0.23}}}"))
        .containsExactly(VIOLATED);
  }

  @Test
  void theBackgroundGapHasAGreatestValue() throws IOException {
    // Cat: all 16 on its own backgrounds, 4 on others: .75. Dog: 18 less 17 of 20: .05. All: 13/36.
    assertThat(outcomes("background-gap: {maximum: 0.362, classes: {cat: 0.75, dog: 0.05}}"))
        .containsExactly(PASSED, PASSED, PASSED);
    List<RuleResult> results = judge("background-gap: {maximum: 0.36, every-class: 0.7}", PROOFS);
    assertThat(results)
        .extracting(RuleResult::outcome)
        .containsExactly(VIOLATED, VIOLATED, PASSED, SKIPPED);
    assertThat(results.get(1).sentence())
        .startsWith("Background gap of class cat is 75.0 % (95 % interval ")
        .endsWith(", 16 images); wanted is at most 70.0 %.");
    assertThat(judge("background-gap: {classes: {eel: 0.5}}", PROOFS).get(0).sentence())
        .isEqualTo(
            "Background gap of class eel is not known: no image on both backgrounds was shown to"
                + " the model.");
  }

  @Test
  void confirmedClassesAreCountedAndKnownOnesAllowed() throws IOException {
    List<RuleResult> results = judge("confirmed-classes: {maximum: 0}", PROOFS);
    assertThat(results)
        .containsExactly(
            new RuleResult(
                "confirmed-classes",
                "at most 0",
                VIOLATED,
                "Confirmed classes are 1 (cat); wanted is at most 0."));
    assertThat(outcomes("confirmed-classes: {maximum: 0, allow: [cat]}")).containsExactly(PASSED);
  }

  @Test
  void nothingPassesWithoutAProof() throws IOException {
    List<RuleResult> results =
        judge(
            "{kept-without-object: {maximum: 1, classes: {cat: 1}}, background-gap:"
                + " {every-class: 1}, confirmed-classes: {maximum: 9}}",
            null);
    assertThat(results)
        .hasSize(4)
        .allSatisfy(
            result -> {
              assertThat(result.outcome()).isEqualTo(VIOLATED);
              assertThat(result.sentence()).contains("./camaudit prove");
            });
    assertThat(outcomes("accuracy: {minimum: 0}")).containsExactly(PASSED);
    assertThat(judge("kept-without-object: {classes: {cow: 1}}", PROOFS).get(0).sentence())
        .startsWith("The run has no images of class \"cow\"");
  }

  @Test
  void emptyRulesAreMistakes() {
    assertThatThrownBy(() -> judge("kept-without-object: {}", PROOFS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("kept-without-object: give maximum, every-class or classes");
    assertThatThrownBy(() -> judge("confirmed-classes: {allow: [cat]}", PROOFS))
        .hasMessageContaining("confirmed-classes: give maximum");
    assertThatThrownBy(() -> judge("background-gap: {maximum: 3}", PROOFS))
        .hasMessageContaining("maximum 3.0 is no share");
  }

  /** Counts of: without the object, the object alone, its own background, others'. */
  private static ClassProof proof(ClassRef classRef, int images, int... kept) {
    Variant[] variants = {
      Variant.OBJECT_OUT, Variant.ONLY_OBJECT, Variant.SAME_BACKGROUND, Variant.OTHER_BACKGROUND
    };
    List<VariantAnswer> answers = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      answers.add(answer(classRef, i, Variant.CONTROL, true));
      for (int v = 0; v < kept.length; v++) {
        answers.add(answer(classRef, i, variants[v], i < kept[v]));
      }
    }
    return ProofMaker.of(
        classRef.index(),
        index -> List.of(CAT, DOG, EEL, Runs.classRef(3, "fly")).get(index),
        false,
        answers);
  }

  private static VariantAnswer answer(ClassRef classRef, int image, Variant variant, boolean kept) {
    int index = classRef.index();
    return new VariantAnswer(
        image + ".jpg", null, index, variant, index, 5, 0.9, kept ? index : 3, 1, 0.5, null, null);
  }

  private List<RuleResult.Outcome> outcomes(String yaml) throws IOException {
    return judge(yaml, PROOFS).stream().map(RuleResult::outcome).toList();
  }

  private List<RuleResult> judge(String yaml, Proofs proofs) throws IOException {
    Path file = Files.writeString(folder.resolve("gate.yaml"), yaml);
    return Gate.judge(
        GateFile.read(file),
        new AuditedRun(RUN, MissingNode.getInstance(), null, proofs, null),
        null);
  }
}
