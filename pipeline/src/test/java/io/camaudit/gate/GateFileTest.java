package io.camaudit.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        "acuracy: {minimum: 1}                      | : the key \"acuracy\" is unknown; did you mean accuracy or ",
        "accuracy.minimum: 0.5                      | : the key \"accuracy.minimum\" is two: write accuracy: {minimum: ...}.",
        "failures: {maximun: 1}                     | : the key \"maximun\" is unknown; did you mean maximum.",
        "accuracy: {minimum: 1.2}                   | : accuracy: minimum 1.2 is no share from 0 to 1.",
        "accuracy: {minimum: -0.1}                  | : accuracy: minimum -0.1 is no share from 0 to 1.",
        "accuracy: {minimum: NaN}                   | : accuracy: minimum NaN is no share from 0 to 1.",
        "accuracy: {classes: {cat: }}               | : accuracy.classes.cat has no value; give one or take the key out.",
        "{accuracy: , failures: {maximum: 0}}       | : accuracy has no value; give one or take the key out.",
        "accuracy: {minimum: '', every-class: 0.5}  | : accuracy.minimum has no value; give one or take the key out.",
        "flagged-classes: {maximum: 1.5}            | : flagged-classes.maximum: \"1.5\" is no whole number.",
        "accuracy: {minimum: high}                  | : accuracy.minimum: \"high\" is no number.",
        "accuracy: 0.9                              | : accuracy: a value of this form is not wanted here; docs/gate.md says which is.",
        "accuracy: {}                               | : accuracy: give minimum, every-class or classes.",
        "failures: {}                               | : failures: give maximum.",
        "flagged-classes: {maximum: -1}             | : flagged-classes: maximum -1 is less than 0.",
        "not-worse-than: {run: x}                   | : not-worse-than: give accuracy-drop, right-reason-drop (of multi-label models precision-drop, recall-drop), images-drop or new-strategy.",
        "images: {}                                 | : images: give minimum.",
        "images: {minimum: 0}                       | : images: minimum 0 is less than 1.",
        "{judge-by: luck, failures: {maximum: 1}}   | : judge-by: \"luck\" is neither estimate nor interval.",
        "{minimum-images: 0, failures: {maximum: 1}}| : minimum-images 0 is less than 1.",
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
  void theDocumentedExampleIsOne() throws IOException {
    String page = Files.readString(Path.of("../docs/gate.md"));
    String example = page.substring(page.indexOf("## The file")).split("```")[1];
    GateRules rules =
        GateFile.read(Files.writeString(folder.resolve("gate.yaml"), example.stripLeading()));
    assertThat(rules.accuracy().everyClass()).isEqualTo(0.7);
    assertThat(rules.rightReasonRate().classes()).containsEntry("fish", 0.8);
  }

  @Test
  void aSecondDocumentIsNotLost() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gate.yaml"), "failures: {maximum: 1}\n---\naccuracy: {minimum: 1}\n");
    assertThatThrownBy(() -> GateFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Gate %s, line 3: a second document begins, and only the first would be read.", file);
  }

  @Test
  void aClassIsNamedOnceWhateverTheName() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gate.yaml"), "accuracy: {classes: {cat: 0.5, house cat: 0.6}}");
    GateRules rules = GateFile.read(file);
    assertThat(rules.withClassIds(name -> "id of " + name).accuracy().classes())
        .containsExactly(Map.entry("id of cat", 0.5), Map.entry("id of house cat", 0.6));
    assertThatThrownBy(() -> rules.withClassIds(name -> "n02121808"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The gate's accuracy.classes names one class twice, as \"cat\" and as \"house cat\".");
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatThrownBy(() -> GateFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no gate file %s.", folder.resolve("none.yaml"));
  }
}
