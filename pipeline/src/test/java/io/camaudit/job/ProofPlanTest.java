package io.camaudit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.alter.Fill;
import io.camaudit.experiment.ClassTrials;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageBlock;
import io.camaudit.savedmodel.Precision;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof that was cut off is gone on with, and never mixed with another. */
class ProofPlanTest {
  private static final ExplainSettings SETTINGS = ExplainSettings.of("model");
  private static final List<ClassTrials> TRIALS =
      List.of(new ClassTrials(2, 1, List.of()), new ClassTrials(7, 1, List.of()));

  @TempDir Path temporary;
  private RunFolder folder;

  @BeforeEach
  void cutOffAfterItsFirstClass() throws IOException {
    folder = new RunFolder(temporary.toString());
    ProofPlan plan = ProofPlan.begin(folder, TRIALS, SETTINGS, Fill.SMOOTH);
    assertThat(plan.open()).isEqualTo(plan.classes());
    folder.write(ProofPlan.answers(plan.classes().get(0)), new byte[] {'x'});
  }

  private List<Integer> open(List<ClassTrials> trials, ExplainSettings settings, Fill fill)
      throws IOException {
    ProofPlan plan = ProofPlan.begin(folder, trials, settings, fill);
    for (int i = 0; i < trials.size(); i++) {
      assertThat(ProofPlan.trials(folder, plan.classes().get(i)).line())
          .isEqualTo(trials.get(i).line());
    }
    return plan.open().stream().map(ImageBlock::number).toList();
  }

  @Test
  void theSameGoesOn() throws IOException {
    assertThat(open(TRIALS, SETTINGS, Fill.SMOOTH)).containsExactly(7);
    assertThat(open(TRIALS, SETTINGS.withConcurrentCalls(9), Fill.SMOOTH)).containsExactly(7);
  }

  @Test
  void anotherFillStartsAnew() throws IOException {
    assertThat(open(TRIALS, SETTINGS, Fill.MEAN)).containsExactly(2, 7);
  }

  @Test
  void anotherPrecisionStartsAnew() throws IOException {
    assertThat(open(TRIALS, SETTINGS.withPrecision(Precision.BFLOAT16), Fill.SMOOTH))
        .containsExactly(2, 7);
  }

  @Test
  void otherTrialsStartAnewAndLeaveNothingOfTheEarlierOnes() throws IOException {
    folder.write("proof/00002/0/original.jpg", "old".getBytes(StandardCharsets.UTF_8));
    folder.write(RunFolder.PROOF, new byte[] {'{'});
    assertThat(open(TRIALS.subList(0, 1), SETTINGS, Fill.SMOOTH)).containsExactly(2);
    assertThat(folder.has("proof/00002/0/original.jpg")).isFalse();
    assertThat(folder.has(RunFolder.PROOF)).isFalse();
  }

  @Test
  void nothingOfItStaysWhenItHasEnded() throws IOException {
    ProofPlan.begin(folder, TRIALS, SETTINGS, Fill.SMOOTH).end();
    assertThat(folder.list("proof")).isEmpty();
    assertThat(temporary.resolve("proof/unfinished")).doesNotExist();
  }
}
