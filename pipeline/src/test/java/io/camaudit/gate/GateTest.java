package io.camaudit.gate;

import static io.camaudit.gate.RuleResult.Outcome.PASSED;
import static io.camaudit.gate.RuleResult.Outcome.SKIPPED;
import static io.camaudit.gate.RuleResult.Outcome.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.ImageStatus;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Grouping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateTest {
  private static final ClassRef CAT = Runs.classRef(0, "cat");
  private static final ClassRef DOG = Runs.classRef(1, "dog");
  private static final DatasetStatistics RUN = Runs.of(Runs.row(CAT, 9, 10), Runs.row(DOG, 4, 8));

  @TempDir Path folder;

  @Test
  void aRateThatReachesItsBoundExactlyKeepsIt() throws IOException {
    assertThat(outcomes("accuracy: {classes: {cat: 0.9, dog: 0.5}}", RUN))
        .containsExactly(PASSED, PASSED);
    assertThat(outcomes("accuracy: {classes: {cat: 0.901, dog: 0.501}}", RUN))
        .containsExactly(VIOLATED, VIOLATED);
  }

  @Test
  void theWholeEveryClassAndNamedClassesHaveBoundsOfTheirOwn() throws IOException {
    List<RuleResult> results =
        judge("accuracy: {minimum: 0.7, every-class: 0.8, classes: {N00000001: 0.4}}", RUN, null);
    assertThat(results)
        .extracting(RuleResult::rule)
        .containsExactly(
            "all images at least 70.0 %", "class dog at least 40.0 %", "class cat at least 80.0 %");
    assertThat(results).extracting(RuleResult::outcome).containsOnly(PASSED);
    assertThat(judge("accuracy: {every-class: 0.8}", RUN, null).get(1))
        .isEqualTo(
            new RuleResult(
                "accuracy",
                "class dog at least 80.0 %",
                VIOLATED,
                "Accuracy of class dog is 50.0 % (4 of 8, 95 % interval 21.5 to 78.5 %); wanted is at"
                    + " least 80.0 %."));
  }

  @Test
  void aFolderThatIsHalfThereIsFoundByItsImages() throws IOException {
    assertThat(outcomes("images: {minimum: 18}", RUN)).containsExactly(PASSED);
    assertThat(judge("images: {minimum: 19}", RUN, null))
        .containsExactly(
            new RuleResult(
                "images", "at least 19", VIOLATED, "Images are 18; wanted is at least 19."));
    DatasetStatistics earlier = Runs.of(Runs.row(CAT, 10, 20), Runs.row(DOG, 4, 8));
    assertThat(judge("not-worse-than: {images-drop: 0.5}", RUN, earlier))
        .as("18 of 28, 10 of 20, 8 of 8")
        .extracting(RuleResult::outcome)
        .containsExactly(PASSED, PASSED, PASSED);
    List<RuleResult> results = judge("not-worse-than: {images-drop: 0.4}", RUN, earlier);
    assertThat(results).extracting(RuleResult::outcome).containsExactly(PASSED, VIOLATED, PASSED);
    assertThat(results.get(1).sentence())
        .isEqualTo("Class cat had 20 images and has 10; that may be fewer by at most 40.0 %.");
    assertThat(judge("not-worse-than: {images-drop: 0.9}", Runs.of(Runs.row(CAT, 9, 10)), RUN))
        .as("a class that is gone has none")
        .extracting(RuleResult::outcome)
        .containsExactly(PASSED, PASSED, VIOLATED);
    assertThat(judge("{minimum-images: 9, not-worse-than: {images-drop: 0}}", RUN, RUN))
        .extracting(RuleResult::outcome)
        .containsExactly(PASSED, PASSED, SKIPPED);
  }

  @Test
  void anIntervalHasToKeepABoundWhole() throws IOException {
    // Wilson's interval of 9 of 10 begins at 0.596.
    assertThat(outcomes("{judge-by: interval, accuracy: {classes: {cat: 0.59}}}", RUN))
        .containsExactly(PASSED);
    assertThat(outcomes("{judge-by: interval, accuracy: {classes: {cat: 0.60}}}", RUN))
        .containsExactly(VIOLATED);
    // And that of 0 of 18 ends at 0.176.
    assertThat(outcomes("{judge-by: interval, failures: {maximum: 0.18}}", RUN))
        .containsExactly(PASSED);
    assertThat(outcomes("{judge-by: interval, failures: {maximum: 0.17}}", RUN))
        .containsExactly(VIOLATED);
  }

  @Test
  void smallClassesAreSkippedAndNeverPassed() throws IOException {
    assertThat(outcomes("{minimum-images: 9, accuracy: {every-class: 0.6}}", RUN))
        .containsExactly(PASSED, SKIPPED);
    assertThat(outcomes("{minimum-images: 11, accuracy: {every-class: 0}}", RUN))
        .as("all skipped is not passed")
        .containsExactly(SKIPPED, SKIPPED, VIOLATED);
    assertThat(outcomes("{minimum-images: 11, accuracy: {classes: {dog: 0.5}}}", RUN))
        .as("a class that is named is judged")
        .containsExactly(PASSED);
  }

  @Test
  void aNumberThatTheRunDoesNotHaveIsAViolation() throws IOException {
    DatasetStatistics unknown =
        Runs.of(Runs.row(CAT, 5, Map.of(), null, null), Runs.row(DOG, 5, Map.of(), null, null));
    assertThat(outcomes("accuracy: {minimum: 0, classes: {cat: 0}}", unknown))
        .containsExactly(VIOLATED, VIOLATED);
    assertThat(judge("right-reason-rate: {minimum: 0}", unknown, null).get(0).sentence())
        .isEqualTo(
            "Right-reason rate of all images is not known: no image has a label, a region and a map to compare with it.");
    assertThat(judge("accuracy: {classes: {bat: 0.1}}", RUN, null).get(0).sentence())
        .isEqualTo("The run has no images of class \"bat\"; the nearest are cat, dog.");
    DatasetStatistics cranes =
        Runs.of(
            Runs.row(Runs.classRef(0, "crane"), 1, 1), Runs.row(Runs.classRef(1, "crane"), 1, 1));
    assertThat(judge("accuracy: {classes: {crane: 0.1}}", cranes, null).get(0).sentence())
        .isEqualTo("\"crane\" means 2 classes of the run; give an id or an index.");
  }

  @Test
  void aClassWithEnoughImagesAndNoNumberIsAViolation() throws IOException {
    DatasetStatistics run =
        Runs.of(
            Runs.row(CAT, 9, 10), Runs.row(DOG, 10, Map.of(ImageStatus.CORRUPT, 10L), null, null));
    List<RuleResult> results = judge("{minimum-images: 10, accuracy: {every-class: 0}}", run, null);
    assertThat(results).extracting(RuleResult::outcome).containsExactly(PASSED, VIOLATED);
    assertThat(results.get(1).sentence())
        .isEqualTo(
            "Accuracy of class dog is not known: no image with a label that the model knows was"
                + " classified.");
    assertThat(outcomes("{minimum-images: 11, accuracy: {minimum: 0, every-class: 0}}", run))
        .as("fewer images than that are skipped")
        .containsExactly(PASSED, SKIPPED, SKIPPED, VIOLATED);
  }

  @Test
  void aLabelThatIsNoClassIsNeitherPassedNorViolated() throws IOException {
    ClassRef kitty = ClassRef.unmatched("kitty");
    DatasetStatistics run = Runs.of(Runs.row(CAT, 9, 10), Runs.row(kitty, 7, Map.of(), null, null));
    List<RuleResult> results = judge("accuracy: {every-class: 0.5}", run, null);
    assertThat(results).extracting(RuleResult::outcome).containsExactly(PASSED, SKIPPED);
    assertThat(results.get(1).sentence())
        .isEqualTo(
            "Accuracy of class kitty is not judged: the label of these 7 images is no class of the"
                + " model.");
    assertThat(judge("not-worse-than: {accuracy-drop: 0}", Runs.of(Runs.row(CAT, 9, 10)), run))
        .as("a label that was mended is no class that is gone")
        .extracting(RuleResult::outcome)
        .containsExactly(PASSED, PASSED, SKIPPED);
  }

  @Test
  void namesGoBeforeIndices() throws IOException {
    // Folders in the order of their text: the class "10" is the third, the class "2" the fourth.
    DatasetStatistics digits =
        Runs.of(
            Runs.row(Runs.classRef(2, "10"), 9, 10),
            Runs.row(Runs.classRef(3, "2"), 1, 10),
            Runs.row(Runs.classRef(10, "9"), 5, 10));
    List<RuleResult> results =
        judge("accuracy: {classes: {10: 0.9, 2: 0.2, 3: 0.1}}", digits, null);
    assertThat(results)
        .extracting(RuleResult::rule)
        .containsExactly(
            "class 10 at least 90.0 %", "class 2 at least 20.0 %", "class 2 at least 10.0 %");
    assertThat(results).extracting(RuleResult::outcome).containsExactly(PASSED, VIOLATED, PASSED);
    DatasetStatistics flagged =
        Runs.of(
            Grouping.LABEL,
            Map.of(),
            List.of(Runs.flag(Runs.classRef(10, "9"))),
            digits.classes().toArray(io.camaudit.stats.ClassStatistics[]::new));
    assertThat(outcomes("flagged-classes: {maximum: 0, allow: [10]}", flagged))
        .as("allowed is the class called 10, not the one at index 10")
        .containsExactly(VIOLATED);
  }

  @Test
  void classesOfOneNameAreToldApart() throws IOException {
    DatasetStatistics cranes =
        Runs.of(
            Runs.row(Runs.classRef(0, "crane"), 1, 1), Runs.row(Runs.classRef(1, "crane"), 0, 1));
    assertThat(judge("accuracy: {every-class: 0.5}", cranes, null))
        .extracting(RuleResult::rule)
        .containsExactly(
            "class crane (n00000000) at least 50.0 %", "class crane (n00000001) at least 50.0 %");
  }

  @Test
  void aSentenceShowsOnWhichSideOfItsBoundANumberIs() throws IOException {
    DatasetStatistics run = Runs.of(Runs.row(CAT, 7999, 10_000));
    assertThat(judge("accuracy: {minimum: 0.8}", run, null).get(0).sentence())
        .startsWith("Accuracy of all images is 79.99 % (7999 of 10000, 95 % interval 79.19 to")
        .endsWith("wanted is at least 80.0 %.");
    assertThat(judge("failures: {maximum: 0.0004}", run, null).get(0).rule())
        .isEqualTo("at most 0.04 %");
  }

  @Test
  void ratesByDifferentRulesAreNotCompared() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gate.yaml"),
            "not-worse-than: {accuracy-drop: 1, right-reason-drop: 1}");
    List<RuleResult> results =
        Gate.judge(
            GateFile.read(file),
            judgedBy("pointing", 0.15),
            judgedBy("pointing and lift>=2", 0.15));
    assertThat(results)
        .extracting(RuleResult::outcome)
        .containsExactly(PASSED, PASSED, PASSED, VIOLATED);
    assertThat(results.get(3).sentence())
        .isEqualTo(
            "The right-reason rates of the two runs say different things: verdict was pointing and"
                + " lift>=2 and is pointing.");
    assertThat(
            Gate.judge(GateFile.read(file), judgedBy("pointing", 0.15), judgedBy("pointing", 0.15)))
        .extracting(RuleResult::outcome)
        .containsOnly(PASSED);
    assertThat(
            Gate.judge(
                    GateFile.read(file),
                    judgedAt("predicted at conv2_block1_out"),
                    judgedAt("predicted at conv5_block3_out"))
                .get(3)
                .sentence())
        .endsWith(
            "judged-map was predicted at conv5_block3_out and is predicted at conv2_block1_out.");
  }

  @Test
  void runsOfAnotherPlacementAreNotCompared() throws IOException {
    Path file =
        Files.writeString(folder.resolve("gate.yaml"), "not-worse-than: {right-reason-drop: 1}");
    AuditedRun before = judgedBy("pointing", 0.15); // of a time without a choice
    AuditedRun placed =
        new AuditedRun(
            RUN,
            ((ObjectNode) judgedBy("pointing", 0.15).options().deepCopy())
                .put("placement", "receptive-field"),
            null,
            null,
            null);
    assertThat(Gate.judge(GateFile.read(file), placed, before))
        .extracting(RuleResult::sentence)
        .containsExactly(
            "The right-reason rates of the two runs say different things: placement was resize and"
                + " is receptive-field.");
    assertThat(Gate.judge(GateFile.read(file), placed, placed))
        .extracting(RuleResult::outcome)
        .containsOnly(PASSED);
  }

  private static AuditedRun judgedAt(String map) {
    return new AuditedRun(
        RUN, JsonNodeFactory.instance.objectNode().put("judged-map", map), null, null, null);
  }

  private static AuditedRun judgedBy(String verdict, double threshold) {
    return new AuditedRun(
        RUN,
        JsonNodeFactory.instance
            .objectNode()
            .put("verdict", verdict)
            .put("box-threshold", threshold),
        null,
        null,
        null);
  }

  @Test
  void sharesAreOfAllMatchedImages() throws IOException {
    Map<ImageStatus, Long> statuses =
        Map.of(
            ImageStatus.OK, 12L,
            ImageStatus.EMPTY_MAP, 1L,
            ImageStatus.NOT_FINITE, 2L,
            ImageStatus.CORRUPT, 3L);
    DatasetStatistics run =
        Runs.of(Grouping.LABEL, statuses, List.of(), Runs.row(CAT, 18, statuses, null, null));
    assertThat(outcomes("{empty-maps: {maximum: 0.056}, failures: {maximum: 0.278}}", run))
        .containsExactly(PASSED, PASSED);
    List<RuleResult> results =
        judge("{empty-maps: {maximum: 0.055}, failures: {maximum: 0.277}}", run, null);
    assertThat(results).extracting(RuleResult::outcome).containsOnly(VIOLATED);
    assertThat(results.get(1).sentence()).contains("27.8 % (5 of 18");
  }

  @Test
  void flaggedClassesAreCountedOnceAndKnownOnesAllowed() throws IOException {
    DatasetStatistics run =
        Runs.of(
            Grouping.LABEL,
            Map.of(),
            List.of(Runs.flag(CAT), Runs.flag(CAT), Runs.flag(DOG)),
            Runs.row(CAT, 1, 1),
            Runs.row(DOG, 1, 1));
    assertThat(outcomes("flagged-classes: {maximum: 2}", run)).containsExactly(PASSED);
    assertThat(outcomes("flagged-classes: {maximum: 1}", run)).containsExactly(VIOLATED);
    assertThat(outcomes("flagged-classes: {maximum: 1, allow: [Dog]}", run))
        .containsExactly(PASSED);
    assertThat(judge("flagged-classes: {maximum: 0, allow: [dog]}", run, null).get(0).sentence())
        .isEqualTo("Flagged classes are 1 (cat); wanted is at most 0, not counting those allowed.");
  }

  @Test
  void noClassMayFallBelowTheEarlierRunByMoreThanTheMargin() throws IOException {
    DatasetStatistics earlier = Runs.of(Runs.row(CAT, 10, 10), Runs.row(DOG, 3, 8));
    // 0.9 - 1.0 is a little more than 0.1 in binary.
    assertThat(judge("not-worse-than: {accuracy-drop: 0.1}", RUN, earlier))
        .extracting(RuleResult::outcome)
        .containsExactly(PASSED, PASSED, PASSED);
    List<RuleResult> results = judge("not-worse-than: {accuracy-drop: 0.09}", RUN, earlier);
    assertThat(results).extracting(RuleResult::outcome).containsExactly(PASSED, VIOLATED, PASSED);
    assertThat(results.get(1).sentence())
        .isEqualTo(
            "Accuracy of class cat was 100.0 % (10 of 10, 95 % interval 72.2 to 100.0 %) and is 90.0 %"
                + " (9 of 10, 95 % interval 59.6 to 98.2 %); it may fall by at most 9.0 points.");
  }

  @Test
  void whatTheEarlierRunHadMustStillBeThere() throws IOException {
    DatasetStatistics without = Runs.of(Runs.row(CAT, 10, 10));
    assertThat(judge("not-worse-than: {accuracy-drop: 1}", without, RUN).get(2).sentence())
        .isEqualTo("The run has no images of class dog, the earlier run has.");
    assertThat(judge("not-worse-than: {accuracy-drop: 1}", RUN, without))
        .as("a new class is no drop")
        .extracting(RuleResult::outcome)
        .containsOnly(PASSED);
    DatasetStatistics noRegions =
        Runs.of(Runs.row(CAT, 10, Map.of(), io.camaudit.stats.Rate.of(9, 10), null));
    assertThat(judge("not-worse-than: {right-reason-drop: 1}", noRegions, without))
        .extracting(RuleResult::outcome)
        .containsExactly(VIOLATED, VIOLATED);
    DatasetStatistics byPrediction =
        Runs.of(Grouping.PREDICTION, Map.of(), List.of(), Runs.row(CAT, 10, 10));
    assertThat(judge("not-worse-than: {accuracy-drop: 1}", RUN, byPrediction))
        .extracting(RuleResult::sentence)
        .containsExactly(
            "The earlier run's classes are by prediction, this run's by label, so they say different"
                + " things.");
  }

  @Test
  void mapsMayHaveToBeFaithful() throws IOException {
    String rule = "faithfulness: {minimum: 0.3}";
    Faithfulness found = faithfulness(new Faithfulness.Estimate(0.34, 0.28, 0.4));
    assertThat(judgedGain(rule, found))
        .isEqualTo(
            RuleResult.of(
                "faithfulness",
                "gain at least 0.3",
                true,
                "The maps' symmetric relevance gain is 0.34 (95 % interval 0.28 to 0.40, 50 images);"
                    + " wanted is at least 0.3."));
    assertThat(judgedGain("{judge-by: interval, faithfulness: {minimum: 0.3}}", found).outcome())
        .isEqualTo(VIOLATED);
    assertThat(judgedGain("faithfulness: {minimum: 0.34}", found).outcome()).isEqualTo(PASSED);
    assertThat(judgedGain("faithfulness: {minimum: 0.3401}", found).outcome()).isEqualTo(VIOLATED);
    RuleResult unknown = judgedGain(rule, null);
    assertThat(unknown.outcome()).isEqualTo(VIOLATED);
    assertThat(unknown.sentence())
        .isEqualTo(
            "The maps' faithfulness is not known: the run did not measure it; audit with"
                + " --faithfulness 200.");
    assertThat(judgedGain(rule, faithfulness(null)).outcome()).isEqualTo(VIOLATED);
    RuleResult single =
        judgedGain(
            "{judge-by: interval, faithfulness: {minimum: 0.3}}",
            faithfulness(new Faithfulness.Estimate(0.9, null, null)));
    assertThat(single.outcome()).as("nothing is sure of one image").isEqualTo(VIOLATED);
  }

  private static Faithfulness faithfulness(Faithfulness.Estimate gain) {
    return new Faithfulness(
        "smooth",
        7,
        7,
        50,
        null,
        0.9,
        List.of(0.5),
        List.of(0.5),
        List.of(
            new Faithfulness.OfMaps("gradcam", "last", 50, gain, List.of(0.8), List.of(0.4), null)),
        1.0);
  }

  private RuleResult judgedGain(String yaml, Faithfulness found) throws IOException {
    Path file = Files.writeString(folder.resolve("gate.yaml"), yaml);
    AuditedRun run = new AuditedRun(RUN, JsonNodeFactory.instance.objectNode(), found, null, null);
    return Gate.judge(GateFile.read(file), run, null).get(0);
  }

  private List<RuleResult.Outcome> outcomes(String yaml, DatasetStatistics run) throws IOException {
    return judge(yaml, run, null).stream().map(RuleResult::outcome).toList();
  }

  private List<RuleResult> judge(String yaml, DatasetStatistics run, DatasetStatistics earlier)
      throws IOException {
    Path file = Files.writeString(folder.resolve("gate.yaml"), yaml);
    return Gate.judge(
        GateFile.read(file), AuditedRun.of(run), earlier == null ? null : AuditedRun.of(earlier));
  }
}
