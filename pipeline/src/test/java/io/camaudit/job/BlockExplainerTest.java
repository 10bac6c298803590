package io.camaudit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.TestPictures;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageExplainer;
import io.camaudit.image.OverlayStyle;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockExplainerTest {
  private static final String MODEL = "../savedmodel/src/test/resources/tiny-model";
  private static final ImageExplainer EXPLAINER = ImageExplainer.open(ExplainSettings.of(MODEL));

  @TempDir Path temporary;
  private RunFolder folder;
  private UnfinishedRun run;

  @AfterAll
  static void close() {
    EXPLAINER.close();
  }

  @BeforeEach
  void begin() throws IOException {
    for (int i = 0; i < 6; i++) {
      TestPictures.write(temporary.resolve("photos/" + i + ".jpg"), 40, 30, i);
    }
    folder = new RunFolder(temporary.resolve("run").toString());
    InputSpec input = new InputSpec(temporary.resolve("photos").toString(), LabelSource.NONE);
    run = UnfinishedRun.begin(folder, UnfinishedRun.Listed.of(input, 3), Map.of());
    assertThat(run.blocks()).hasSize(2);
  }

  @Test
  void aBlockThatIsDoneIsTakenOver() throws IOException {
    assertThat(batches(run.blocks().get(0))).isOne();
    byte[] records = folder.read("records/part-00000.jsonl");
    assertThat(batches(run.blocks().get(0))).isZero();
    assertThat(folder.read("records/part-00000.jsonl")).isEqualTo(records);
    assertThat(batches(run.blocks().get(1))).isOne();
  }

  @Test
  void aBlockThatIsCancelledLeavesNoRecords() throws IOException {
    List<ImageExplainer.Result> seen = new ArrayList<>();
    try {
      assertThatThrownBy(
              () ->
                  new BlockExplainer(EXPLAINER, folder, 1, 1 << 20, null)
                      .explain(
                          run.blocks().get(0),
                          told(
                              batch -> {
                                seen.add(batch);
                                Thread.currentThread().interrupt();
                              })))
          .isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).as("whoever cancels must see it").isTrue();
    }
    assertThat(seen).as("what was read after it counts for nothing").hasSize(1);
    assertThat(folder.has("records/part-00000.jsonl")).isFalse();
    assertThat(batches(run.blocks().get(0))).isOne();
    assertThat(
            new String(
                folder.read("records/part-00000.jsonl"), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"OK\"")
        .doesNotContain("UNREADABLE");
  }

  @Test
  void howFarARunIsFollowsFromItsFiles() throws IOException {
    Files.writeString(temporary.resolve("photos/4.jpg"), "no picture");
    AuditPlan plan =
        new AuditPlan(
            new InputSpec(temporary.resolve("photos").toString(), LabelSource.NONE),
            ExplainSettings.of(MODEL).writingTo(folder.root(), OverlayStyle.defaults()),
            folder,
            false,
            List.of(),
            "block2_out",
            run);
    FinishedBlocks finished = new FinishedBlocks(plan);
    finished.look();
    assertThat(List.of(finished.images(), finished.failed())).containsExactly(0L, 0L);
    batches(run.blocks().get(1));
    finished.look();
    finished.look();
    assertThat(List.of(finished.images(), finished.failed())).containsExactly(3L, 1L);
    assertThat(finished.contains(run.blocks().get(0))).isFalse();
    assertThat(finished.contains(run.blocks().get(1))).isTrue();
  }

  private int batches(ImageBlock block) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    new BlockExplainer(EXPLAINER, folder, 3, 1 << 20, null)
        .explain(block, told(batch -> sizes.add(batch.reports().size())));
    return sizes.size();
  }

  private static BlockExplainer.Progress told(Consumer<ImageExplainer.Result> batches) {
    return new BlockExplainer.Progress() {
      @Override
      public void explained(ImageExplainer.Result batch) {
        batches.accept(batch);
      }

      @Override
      public void takenOver(ImageExplainer.Result results) {
        throw new AssertionError("there is no earlier run");
      }
    };
  }
}
