package io.camaudit.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.report.Attention;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.report.ReportJson;
import io.camaudit.report.TargetReason;
import io.camaudit.report.Verdict;
import io.camaudit.stats.Grouping;
import io.camaudit.stats.RateChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RunComparerTest {
  private static final ClassRef CAT = new ClassRef(0, "n0", "cat");
  private static final ClassRef DOG = new ClassRef(1, "n1", "dog");
  private static final float[][] LEFT = {{3, 1}, {0, 0}};
  private static final float[][] RIGHT = {{0, 1}, {0, 4}};

  @Test
  void aRunAgainstItselfHasNotChanged() {
    List<ImageReport> run = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      run.add(
          image(
              "i%02d".formatted(i),
              i % 2 == 0 ? CAT : DOG,
              i % 3 == 0 ? CAT : DOG,
              i % 5 != 0,
              i % 4 == 0 ? LEFT : RIGHT));
    }
    RunComparison same = compare(run, run);
    assertThat(same.images()).isEqualTo(new RunComparison.Images(30, 0, 0, 0, 0, 0));
    assertThat(same.warnings()).isEmpty();
    assertThat(same.findings()).isEmpty();
    assertThat(same.flipped().count()).isZero();
    assertThat(same.moved().count()).isZero();
    assertThat(same.predictionChanges()).isZero();
    assertThat(same.classes()).hasSize(2);
    for (ClassChange row : same.classes()) {
      assertThat(row.images()).isEqualTo(15);
      for (RateChange change : List.of(row.accuracy(), row.rightReasonRate())) {
        assertThat(change.difference()).isZero();
        assertThat(change.low()).isNegative();
        assertThat(change.high()).isPositive();
        assertThat(change.pValue()).isEqualTo(1);
      }
      assertThat(row.numbers()).containsKeys("lift", "borderLift", "peakX");
      assertThat(row.numbers().values())
          .allSatisfy(
              mean -> {
                assertThat(mean.before()).isEqualTo(mean.after());
                assertThat(mean.difference().mean()).isZero();
                assertThat(mean.difference().low()).isZero();
              });
    }
  }

  @Test
  void theOrderOfTheRecordsMakesNoDifference() {
    List<ImageReport> before = new ArrayList<>();
    List<ImageReport> after = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      ClassRef label = random.nextBoolean() ? CAT : DOG;
      before.add(image("i" + i, label, CAT, random.nextBoolean(), LEFT));
      after.add(
          image("i" + i, label, random.nextBoolean() ? CAT : DOG, random.nextBoolean(), RIGHT));
    }
    byte[] expected = ReportJson.document(compare(before, after));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(before, new Random(seed));
      Collections.shuffle(after, new Random(seed + 100));
      assertThat(ReportJson.document(compare(before, after))).isEqualTo(expected);
    }
  }

  @Test
  void aClassThatFellIsFoundAndItsWorstImagesComeFirst() {
    List<ImageReport> before = new ArrayList<>();
    List<ImageReport> after = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = "cat%02d".formatted(i);
      before.add(image(name, CAT, CAT, true, LEFT));
      // Still called a cat, but looked elsewhere; two of them no longer.
      after.add(image(name, CAT, i < 2 ? DOG : CAT, i < 2, i < 2 ? LEFT : RIGHT));
      before.add(image("dog%02d".formatted(i), DOG, CAT, false, LEFT));
      after.add(image("dog%02d".formatted(i), DOG, DOG, true, LEFT));
    }
    RunComparison change = compare(before, after);
    assertThat(change.groupedBy()).isEqualTo(Grouping.LABEL);
    ClassChange cat = change.classes().get(0);
    assertThat(cat.classRef()).isEqualTo(CAT);
    assertThat(cat.rightReasonRate().lost()).isEqualTo(10);
    assertThat(cat.rightReasonRate().difference()).isCloseTo(-10 / 12.0, within(1e-12));
    assertThat(cat.accuracy().difference()).isCloseTo(-2 / 12.0, within(1e-12));
    assertThat(cat.numbers().get("lift").difference().mean()).isCloseTo(-10 / 12.0, within(1e-9));
    assertThat(change.findings())
        .extracting(
            finding -> finding.classRef().name() + " " + finding.rate() + " " + finding.worse())
        .containsExactly(
            "dog accuracy false", "dog rightReasonRate false", "cat rightReasonRate true");
    assertThat(change.findings().get(2).sentence())
        .startsWith(
            "cat: the right-reason rate went down from 100.0 % to 16.7 % of 12 images, by -83.3 points");
    assertThat(change.verdicts())
        .isEqualTo(
            Map.of(
                Verdict.RIGHT_FOR_RIGHT_REASONS,
                Map.of(Verdict.RIGHT_FOR_WRONG_REASONS, 10L, Verdict.WRONG_BUT_LOOKED_RIGHT, 2L),
                Verdict.WRONG_AND_LOOKED_ELSEWHERE,
                Map.of(Verdict.RIGHT_FOR_RIGHT_REASONS, 12L)));
    assertThat(change.flipped().count()).isEqualTo(24);
    List<String> flipped = change.flipped().first().stream().map(ImageChange::image).toList();
    assertThat(flipped).hasSize(20);
    assertThat(flipped.subList(0, 13))
        .allMatch(name -> name.startsWith("cat") || name.equals("dog00"));
    assertThat(flipped.subList(10, 12)).containsExactly("cat00", "cat01");
    assertThat(change.moved().count()).isEqualTo(10);
    ImageChange moved = change.moved().first().get(0);
    assertThat(moved.correlation()).isNegative();
    assertThat(moved.peakDistance()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(change.predictionChanges()).isEqualTo(14);
  }

  @Test
  void imagesThatDoNotMeetAreCounted() {
    List<ImageReport> before =
        List.of(
            image("both", CAT, CAT, true, LEFT),
            image("gone", CAT, CAT, true, LEFT),
            ImageReport.failure("broken", ImageStatus.CORRUPT, "it is", null, CAT),
            image("breaks", CAT, CAT, true, LEFT));
    List<ImageReport> after =
        List.of(
            ImageReport.failure("breaks", ImageStatus.CORRUPT, "it is", null, CAT),
            image("new", CAT, CAT, true, LEFT),
            image("broken", CAT, CAT, true, LEFT),
            withFile(image("both", DOG, CAT, true, LEFT), "other"));
    RunComparison change = compare(before, after);
    assertThat(change.images()).isEqualTo(new RunComparison.Images(1, 1, 1, 1, 1, 2));
    assertThat(change.warnings())
        .containsExactly(
            "2 images have the same name in both runs, but not the same bytes.",
            "Some images have another label in the second run; the first run's counts.");
  }

  @Test
  void withoutLabelsTheFirstRunsPredictionsAreTheClasses() {
    RunComparison change =
        compare(
            List.of(image("a", null, CAT, true, LEFT), image("b", null, DOG, true, LEFT)),
            List.of(image("a", null, DOG, true, LEFT), image("b", null, DOG, true, LEFT)));
    assertThat(change.groupedBy()).isEqualTo(Grouping.PREDICTION);
    assertThat(change.classes()).extracting(ClassChange::classRef).containsExactly(CAT, DOG);
    assertThat(change.dataset().accuracy()).isNull();
    assertThat(change.predictionChanges()).isEqualTo(1);
  }

  private static RunComparison compare(List<ImageReport> before, List<ImageReport> after) {
    return RunComparer.compare("a", before.iterator(), "b", after.iterator(), List.of(), 20);
  }

  private static ImageReport withFile(ImageReport report, String sha256) {
    return new ImageReport(
        report.schema(),
        report.image(),
        report.status(),
        report.reason(),
        new ImageFile("JPEG", 1, 1, 1, 1L, sha256, null),
        report.label(),
        report.predictions(),
        report.correct(),
        report.explanations(),
        report.verdict());
  }

  private static ImageReport image(
      String name, ClassRef label, ClassRef predicted, boolean lookedRight, float[][] map) {
    Boolean correct = label == null ? null : (Boolean) label.equals(predicted);
    Verdict verdict =
        label == null
            ? null
            : correct
                ? lookedRight ? Verdict.RIGHT_FOR_RIGHT_REASONS : Verdict.RIGHT_FOR_WRONG_REASONS
                : lookedRight ? Verdict.WRONG_BUT_LOOKED_RIGHT : Verdict.WRONG_AND_LOOKED_ELSEWHERE;
    double peakX = map == LEFT ? 0.25 : 0.75;
    Explanation explanation =
        new Explanation(
            "gradcam",
            "conv",
            predicted,
            TargetReason.PREDICTED,
            1f,
            ImageStatus.OK,
            new RawMap(2, 2, 0f, 4f, map),
            null,
            new Attention(1, 0, 1, 0.5, 0.5, 0.4, 0.5, 1, 0.1, 1, peakX, peakX),
            new RegionFit(0.5, 0.5, lookedRight ? 2 : 1, lookedRight, 0.5, 0.5));
    return withFile(
        new ImageReport(
            ImageReport.SCHEMA,
            name,
            ImageStatus.OK,
            null,
            null,
            label,
            List.of(new Prediction(predicted.index(), predicted.id(), predicted.name(), 1f, 0.9f)),
            correct,
            List.of(explanation),
            verdict),
        "same");
  }
}
