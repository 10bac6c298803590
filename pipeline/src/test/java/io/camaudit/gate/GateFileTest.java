package io.camaudit.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GateFileTest {
  @TempDir Path folder;

  @Test
  void jsonIsReadLikeYaml() throws IOException {
    Path yaml = Files.writeString(folder.resolve("a.yaml"), "accuracy:\n  every-class: 0.5\n");
    Path json =
        Files.writeString(folder.resolve("a.json"), "{\"accuracy\": {\"every-class\": 0.5}}");
    assertThat(GateFile.read(yaml)).isEqualTo(GateFile.read(json));
    assertThat(GateFile.read(yaml).accuracy().everyClass()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# nothing                                  | : there is no rule in it, so it would pass anything.",
        "minimum-images: 3                          | : there is no rule in it, so it would pass anything.",
        "acuracy: {minimum: 1}                      | , line 1: the key \"acuracy\" is unknown; did you mean accuracy or ",
        "failures: {maximun: 1}                     | , line 1: the key \"maximun\" is unknown; did you mean maximum.",
        "accuracy: {minimum: 1.2}                   | , line 1: accuracy: minimum 1.2 is no share from 0 to 1.",
        "accuracy: {minimum: -0.1}                  | , line 1: accuracy: minimum -0.1 is no share from 0 to 1.",
        "accuracy: {minimum: NaN}                   | , line 1: accuracy: minimum NaN is no share from 0 to 1.",
        "accuracy: {classes: {cat: }}               | , line 1: accuracy: class cat NaN is no share from 0 to 1.",
        "accuracy: {minimum: high}                  | , line 1: accuracy.minimum: \"high\" is no number.",
        "accuracy: 0.9                              | , line 1: accuracy: a value of this form is not wanted here; docs/gate.md says which is.",
        "accuracy: {}                               | : accuracy: give minimum, every-class or classes.",
        "failures: {}                               | : failures: give maximum.",
        "flagged-classes: {maximum: -1}             | , line 1: flagged-classes: maximum -1 is less than 0.",
        "not-worse-than: {run: x}                   | : not-worse-than: give accuracy-drop or right-reason-drop.",
        "{judge-by: luck, failures: {maximum: 1}}   | , line 1: judge-by: \"luck\" is neither estimate nor interval.",
        "{minimum-images: 0, failures: {maximum: 1}}| , line 1: minimum-images 0 is less than 1.",
        "'{failures: {maximum: 1}, failures: {}}'   | , line 1: cannot be parsed, ",
        "failures: [                                | , line 1: cannot be parsed, ",
      })
  void aMistakeIsOneSentence(String yaml, String sentence) throws IOException {
    Path file = Files.writeString(folder.resolve("gate.yaml"), yaml);
    assertThatThrownBy(() -> GateFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Gate " + file + sentence);
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatThrownBy(() -> GateFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no gate file %s.", folder.resolve("none.yaml"));
  }
}
