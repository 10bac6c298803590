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
        .contains("none holds no finished run: there is no run.json; make one with");
  }

  @Test
  void anyNameOfAClassWillDoAndAWrongOneIsRefusedForStoredRunsToo() throws IOException {
    Path houseCat = gate("accuracy: {classes: {House_Cat: 0}}");
    assertThat(Cli.audit(photos, run, "--gate", houseCat).code()).isZero();
    Cli again = Cli.run("gate", run, "--gate", houseCat);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Files.readString(run.resolve("gate.xml"))).contains("class cat at least 0.0 %");
    Cli unknown = Cli.run("gate", run, "--gate", gate("accuracy: {classes: {kat: 0}}"));
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("The model has no class \"kat\"; the nearest are cat");
  }

  @Test
  void aRunWhoseModelIsGoneIsJudgedByItsOwnClasses() throws IOException {
    assertThat(Cli.audit(photos, run).code()).isZero();
    Path summary = run.resolve("run.json");
    String path = Cli.json(summary).at("/model/path").asText();
    Files.writeString(summary, Files.readString(summary).replace(path, path + "-gone"));
    assertThat(Cli.run("gate", run, "--gate", gate("accuracy: {classes: {Cat: 0}}")).code())
        .isZero();
    Cli unknown = Cli.run("gate", run, "--gate", gate("accuracy: {classes: {kat: 0}}"));
    assertThat(unknown.code()).isEqualTo(7);
    assertThat(unknown.err()).contains("The run has no images of class \"kat\"");
  }

  @Test
  void aRunIsNotComparedWithItself() throws IOException {
    assertThat(Cli.audit(photos, run).code()).isZero();
    Path gate = gate("not-worse-than: {accuracy-drop: 0.1, run: run}");
    Cli itself = Cli.run("gate", run, "--gate", gate);
    assertThat(itself.code()).isEqualTo(2);
    assertThat(itself.err()).contains("cannot be compared with itself: name an earlier run.");
  }

  @Test
  void theGateMayStandInTheConfigurationAsAFile() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("audit.yaml"), "gate: %s\n".formatted(gate("failures: {maximum: 0}")));
    Cli cli = Cli.audit(photos, run, "--config", config);
    assertThat(cli.code()).isEqualTo(7);
    Files.writeString(config, "gate: {failures: {maximum: 0}}\n");
    Cli inline = Cli.audit(photos, folder.resolve("other"), "--config", config);
    assertThat(inline.code()).isEqualTo(2);
    assertThat(inline.err())
        .contains("\"gate\" holds keys of its own; give it a value, for gate a file's name.");
  }

  @Test
  void anAddressThatNothingReadsIsSaid() throws IOException {
    Cli cli = Cli.run("gate", "nowhere://bucket/run", "--gate", gate("failures: {maximum: 0}"));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("nowhere://bucket/run: no file system is known for nowhere:");
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
