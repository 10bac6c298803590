package io.camaudit.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.camaudit.input.LabelText;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelNotesTest {
  @Test
  void manyFoldersThatAreNoClassCostSeconds() {
    List<ClassLabel> classes =
        IntStream.range(0, 1000)
            .mapToObj(
                i -> new ClassLabel(i, "n" + (10_000_000 + i), List.of("animal of kind " + i)))
            .toList();
    Map<LabelText, Long> labels = new LinkedHashMap<>();
    for (int i = 0; i < 50_000; i++) {
      labels.put(new LabelText("videos/holiday " + i + " by the sea", true), 3L);
    }
    labels.put(new LabelText("a ".repeat(100_000), false), 1L); // a caption
    List<String> notes =
        assertTimeout(
            Duration.ofSeconds(60), () -> LabelNotes.of(labels, classes, ModelKind.SINGLE_LABEL));
    assertThat(notes).hasSize(2);
    assertThat(notes.get(1))
        .contains("\"videos/holiday 0 by the sea\", the nearest is animal")
        .endsWith("; and 49,995 more.");
  }
}
