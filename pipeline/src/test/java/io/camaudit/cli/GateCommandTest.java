package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateCommandTest {
  @TempDir Path folder;
  private Path photos;
  private Path run;

  @BeforeEach
  void pictures() throws IOException {
    photos = Files.createDirectories(folder.resolve("photos"));
    run = folder.resolve("run");
    Files.createDirectories(photos.resolve("cat"));
    TestPictures.write(photos.resolve("cat/one.png"), 40, 30, 1);
    TestPictures.write(photos.resolve("cat/two.png"), 20, 50, 2);
    Files.writeString(photos.resolve("cat/broken.jpg"), "no picture");
  }

  @Test
  void aViolatedRuleHasAnExitCodeOfItsOwnAndLeavesTheRun() throws IOException {
    Path gate = gate("failures: {maximum: 0.1}");
    Cli cli = Cli.audit(photos, run, "--gate", gate);
    assertThat(cli.code()).isEqualTo(7);
    assertThat(cli.err())
        .contains(
            "camaudit: gate: Images without an explanation are 33.3 % (1 of 3, 95 % interval 6.1 to"
                + " 79.2 %); wanted is at most 10.0 %.");
    assertThat(cli.out()).contains("Gate: 1 of 1 rules violated; see " + run.resolve("gate.xml"));
    assertThat(run.resolve("gate.xml")).exists();
    assertThat(run.resolve("report/index.html")).exists();

    Cli again = Cli.run("gate", run, "--gate", gate("failures: {maximum: 0.5}"));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("Gate: no rule of 1 violated");
  }

  @Test
  void tooManyFailuresGoBeforeTheGate() throws IOException {
    Cli cli =
        Cli.audit(photos, run, "--max-failures", "0", "--gate", gate("failures: {maximum: 0}"));
    assertThat(cli.code()).isEqualTo(5);
    assertThat(cli.err()).contains("gate: Images without an explanation");
  }

  @Test
  void aMistakeInTheGateShowsBeforeAnythingIsComputed() throws IOException {
    Cli unknownClass = Cli.audit(photos, run, "--gate", gate("accuracy: {classes: {kat: 0.5}}"));
    assertThat(unknownClass.code()).isEqualTo(2);
    assertThat(unknownClass.err()).contains("The model has no class \"kat\"").contains("cat");
    Cli noRun = Cli.audit(photos, run, "--gate", gate("not-worse-than: {accuracy-drop: 0.1}"));
    assertThat(noRun.code()).isEqualTo(2);
    assertThat(noRun.err()).contains("not-worse-than needs an earlier run");
    assertThat(run).doesNotExist();
  }

  @Test
  void theEarlierRunLiesBesideTheGateFileOrIsTheBaseline() throws IOException {
    assertThat(Cli.audit(photos, folder.resolve("before")).code()).isZero();
    Path gate = gate("not-worse-than: {accuracy-drop: 0, run: before}");
    assertThat(Cli.audit(photos, run, "--gate", gate).code()).isZero();
    Files.delete(photos.resolve("cat/one.png"));
    Files.delete(photos.resolve("cat/two.png"));
    Cli gone =
        Cli.audit(
            photos,
            run,
            "--overwrite",
            "--max-failures",
            "100%",
            "--gate",
            gate,
            "--baseline",
            folder.resolve("before"));
    assertThat(gone.code()).isEqualTo(7);
    assertThat(gone.err()).contains("Accuracy of class cat is no longer known");
    Cli missing = Cli.run("gate", run, "--gate", gate, "--baseline", folder.resolve("none"));
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err())
        .contains("none holds no finished run: classes.json cannot be read; make one with");
  }

  @Test
  void aGateIsNeeded() {
    assertThat(Cli.run("gate", run).err()).contains("--gate is missing");
    assertThat(Cli.run("gate", run, "--baseline", run).err())
        .contains("--baseline goes with --gate");
  }

  private Path gate(String yaml) throws IOException {
    return Files.writeString(folder.resolve("gate.yaml"), yaml);
  }
}
