package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.explain.TargetPlan.Slot;
import io.camaudit.report.TargetReason;
import io.camaudit.savedmodel.ClassLabel;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TargetPlanTest {
  private static final List<ClassLabel> LABELS =
      List.of(
          new ClassLabel(0, "n01", List.of("crane", "bird crane")),
          new ClassLabel(1, "n02", List.of("crane")),
          new ClassLabel(2, "n03", List.of("tabby_cat", "tabby")),
          new ClassLabel(3, "1", List.of("7")));
  private static final ClassIndex CLASSES = new ClassIndex(LABELS);

  @Test
  void slotsAreTheSameNumberForEveryImage() {
    TargetPlan plan = TargetPlan.parse(List.of("predicted", "label", "top:3", "tabby"), CLASSES);
    assertThat(plan.slots()).isEqualTo(6);
    assertThat(plan.slotsOf(LABELS.get(2)))
        .containsExactly(
            new Slot(TargetReason.PREDICTED, -1),
            new Slot(TargetReason.LABEL, 2),
            new Slot(TargetReason.PREDICTED, -1),
            new Slot(TargetReason.RANK, -2),
            new Slot(TargetReason.RANK, -3),
            new Slot(TargetReason.REQUESTED, 2));
    List<Slot> unlabelled = plan.slotsOf(null);
    assertThat(unlabelled).hasSize(6);
    assertThat(unlabelled.get(1)).isEqualTo(new Slot(TargetReason.LABEL, -1));
    assertThat(TargetPlan.isVacant(unlabelled.get(1), null)).isTrue();
    assertThat(TargetPlan.isVacant(unlabelled.get(0), null)).isFalse();
    assertThat(TargetPlan.isVacant(unlabelled.get(1), LABELS.get(0))).isFalse();
  }

  @Test
  void wishesThatCannotBeMetAreSaid() {
    refused("top:5", "the model has 4 classes, so K must be between 1 and 4");
    refused("top:0", "K must be between 1 and 4");
    refused(
        "tabbi", "The model has no class \"tabbi\"; the nearest are tabby_cat (id n03, index 2)");
    assertThatThrownBy(() -> TargetPlan.parse(List.of(), CLASSES))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("No targets");
  }

  @Test
  void aNameOfSeveralClassesIsRefusedWithAllOfThem() {
    refused(
        "crane",
        "\"crane\" means several classes: crane (id n01, index 0), crane (id n02, index 1)");
    assertThat(CLASSES.find("crane")).isEmpty();
    assertThat(CLASSES.require("Bird  Crane").index()).isZero();
    assertThat(CLASSES.require("n02").index()).isEqualTo(1);
    assertThat(CLASSES.require("TABBY cat").index()).isEqualTo(2);
  }

  @Test
  void anIdGoesBeforeANameAndANameBeforeAnIndex() {
    assertThat(CLASSES.require("1").index()).as("id").isEqualTo(3);
    assertThat(CLASSES.require("7").index()).as("name").isEqualTo(3);
    assertThat(CLASSES.require("0").index()).as("index").isZero();
    assertThatThrownBy(() -> CLASSES.require("4")).isInstanceOf(UserException.class);
  }

  private static void refused(String target, String sentence) {
    assertThatThrownBy(() -> TargetPlan.parse(List.of(target), CLASSES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }
}
