package io.camaudit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
  @TempDir Path base;

  /** Another process: makes a file, says where, and waits. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] args) throws Exception {
      System.out.println(new TemporaryFiles(Path.of(args[0])).makeFile("one", ".txt"));
      System.in.read();
    }
  }

  @Test
  void whatAKilledProcessLeftIsRemovedByTheNextOneAndWhatALivingOneHasIsNot() throws Exception {
    Process owner = start();
    Path file = said(owner);
    new TemporaryFiles(base).makeFile("two", ".txt");
    assertThat(file).exists();
    // A process that was looked at has its lock still.
    new TemporaryFiles(base).makeFile("three", ".txt");
    assertThat(file).exists();

    owner.destroyForcibly().waitFor();
    assertThat(file).exists();
    new TemporaryFiles(base).makeFile("four", ".txt");
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  void whatIsThereWhenAProcessEndsGoesWithIt() throws Exception {
    Process owner = start();
    Path file = said(owner);
    assertThat(file).exists();
    owner.getOutputStream().close();
    assertThat(owner.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void ofOthersNothingIsRemoved() throws Exception {
    Path elsewhere = Files.createDirectories(base.resolve("elsewhere"));
    Path photo = Files.writeString(elsewhere.resolve("photo"), "mine");
    Path link = Files.createSymbolicLink(base.resolve("camaudit-files-1-2-link"), elsewhere);
    Path other = Files.createDirectories(base.resolve("camaudit-diff"));
    Path file = Files.writeString(base.resolve("camaudit-files-notes.txt"), "mine");
    Path dead = Files.createDirectories(base.resolve("camaudit-files-1-2-3"));
    Files.createSymbolicLink(dead.resolve("link"), elsewhere);
    new TemporaryFiles(base).makeFile("one", ".txt");
    assertThat(dead).doesNotExist();
    assertThat(List.of(photo, link, other, file)).allMatch(Files::exists);
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            base.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path said(Process owner) throws IOException {
    BufferedReader lines = owner.inputReader(StandardCharsets.UTF_8);
    return Path.of(lines.readLine());
  }
}
