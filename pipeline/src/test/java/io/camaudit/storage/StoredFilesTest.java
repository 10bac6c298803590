package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFilesTest {
  @TempDir private Path folder;

  @Test
  void onlyWhatAKilledWriterLeftIsRemoved() throws IOException {
    Path left = folder.resolve("a/b/" + StoredFiles.temporaryName());
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half");
    Files.writeString(folder.resolve("a/.notes.tmp"), "a user's own");
    Files.writeString(folder.resolve("a/whole.json"), "whole");
    new RunFolder(folder.toString()).removeTemporaries();
    assertThat(left).doesNotExist();
    assertThat(folder.resolve("a/.notes.tmp")).exists();
    assertThat(folder.resolve("a/whole.json")).exists();
  }

  @Test
  void aFileThatCannotBeWrittenToItsEndIsNotThere() {
    Path file = folder.resolve("x/file");
    assertThatThrownBy(
            () ->
                StoredFiles.write(
                    file.toString(),
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(file).doesNotExist();
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @Test
  void aProbeLeavesNothingAndSaysWhatIsWrong() throws IOException {
    Path run = folder.resolve("run");
    new RunFolder(run.toString()).probe();
    assertThat(run).isEmptyDirectory();
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> new RunFolder(file.resolve("run").toString()).probe())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot write the output folder");
  }

  @Test
  void aModelsHashIsWhatTheShellSays() throws Exception {
    Files.createDirectories(folder.resolve("variables"));
    Files.writeString(folder.resolve("saved_model.pb"), "graph");
    Files.writeString(folder.resolve("variables/Ä-1"), "one");
    Files.writeString(folder.resolve("variables/a-2"), "two");
    Process shell =
        new ProcessBuilder(
                "sh", "-c", "find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), "UTF-8");
    Assumptions.assumeTrue(shell.waitFor() == 0, printed);
    assertThat(printed).startsWith(ModelFolder.sha256(folder));
    assertThatThrownBy(() -> ModelFolder.local(folder.toString(), "0".repeat(64)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not the one that --model-sha256 pins");
  }
}
