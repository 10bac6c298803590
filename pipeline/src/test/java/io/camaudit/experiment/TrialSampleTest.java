package io.camaudit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.Sha256;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.report.TargetReason;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.stats.Grouping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialSampleTest {
  private static ClassRef classRef(int index) {
    return new ClassRef(index, "n" + index, "class " + index);
  }

  private static ImageReport report(String image, Integer label, int predicted, boolean region) {
    RegionFit fit = region ? new RegionFit(0.1, 0.5, 5, true, 0.5, 0.5) : null;
    return new ImageReport(
        ImageReport.SCHEMA,
        image,
        ImageStatus.OK,
        null,
        new ImageFile("JPEG", 4, 4, 1, 9L, "hash of " + image, null),
        label == null ? null : classRef(label),
        List.of(new Prediction(predicted, "n" + predicted, "class " + predicted, 1f, 0.5f)),
        null,
        List.of(
            new Explanation(
                "gradcam",
                "conv",
                classRef(predicted),
                TargetReason.PREDICTED,
                1f,
                ImageStatus.OK,
                new RawMap(1, 2, 0f, 1f, new float[][] {{0, predicted + 1}}),
                null,
                null,
                fit)),
        null);
  }

  /** Images of three classes; every fifth is called another class, every third has no region. */
  private static List<ImageReport> run(int images) {
    List<ImageReport> reports = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      int predicted = i % 5 == 0 ? (i + 1) % 3 : i % 3;
      reports.add(report("image " + i, i % 3, predicted, i / 3 % 3 > 0));
    }
    return reports;
  }

  private static List<ClassTrials> trials(List<ImageReport> reports, int... sizes) {
    TrialSample sample = new TrialSample(Grouping.LABEL, index -> sizes[index], layer -> null);
    reports.forEach(sample::add);
    Map<String, ImageRef> refs = new HashMap<>();
    sample.names().forEach(name -> refs.put(name, ImageRef.of(name)));
    return sample.trials(refs, index -> 4);
  }

  private static List<String> images(ClassTrials trials) {
    return trials.trials().stream().map(trial -> trial.image().ref().name()).toList();
  }

  @Test
  void ofEachClassTheLeastHashesThatArePredictedAsIt() {
    List<ImageReport> reports = run(120);
    List<ClassTrials> classes = trials(reports, 5, 50, 3);
    assertThat(classes).extracting(ClassTrials::classIndex).containsExactly(0, 1, 2);
    for (ClassTrials each : classes) {
      List<String> right =
          reports.stream()
              .filter(r -> r.label().index() == each.classIndex())
              .filter(r -> r.predicted().index() == each.classIndex())
              .map(ImageReport::image)
              .sorted(Comparator.comparing(Sha256::hex))
              .toList();
      int size = List.of(5, 50, 3).get(each.classIndex());
      assertThat(images(each)).isEqualTo(right.subList(0, Math.min(size, right.size())));
      assertThat(each.trials().get(0).image().heat().values()[0][1])
          .isEqualTo(each.classIndex() + 1f);
      assertThat(each.trials().get(0).image().sha256()).isEqualTo("hash of " + images(each).get(0));
    }
  }

  @Test
  void theOrderOfReportsChangesNothing() {
    List<ImageReport> reports = run(200);
    List<ClassTrials> expected = trials(reports, 20, 20, 20);
    Collections.shuffle(reports, new Random(1));
    assertThat(trials(reports, 20, 20, 20).stream().map(t -> new String(t.line())))
        .isEqualTo(expected.stream().map(t -> new String(t.line())).toList());
  }

  @Test
  void aClassHasTheSameTrialsWhateverElseIsProved() {
    byte[] alone = trials(run(200), 0, 20, 0).get(0).line();
    assertThat(trials(run(200), 0, 20, 0)).hasSize(1);
    assertThat(trials(run(200), 50, 20, 7).get(1).line()).isEqualTo(alone);
  }

  @Test
  void donorsHaveRegionsAndAreOfTheRightClassAndNeverTheImageItself() {
    List<ImageReport> reports = run(120);
    Map<String, ImageReport> byName = new HashMap<>();
    reports.forEach(report -> byName.put(report.image(), report));
    for (ClassTrials each : trials(reports, 50, 50, 50)) {
      for (Trial trial : each.trials()) {
        ImageReport same = byName.get(trial.sameClass().ref().name());
        ImageReport other = byName.get(trial.otherClass().ref().name());
        assertThat(same.image()).isNotEqualTo(trial.image().ref().name());
        assertThat(same.predicted().index()).isEqualTo(each.classIndex());
        assertThat(other.predicted().index()).isNotEqualTo(each.classIndex());
        assertThat(other.label().index()).isNotEqualTo(each.classIndex());
        assertThat(same.first().region()).isNotNull();
        assertThat(other.first().region()).isNotNull();
      }
      assertThat(each.trials().stream().map(t -> t.otherClass().ref().name()).distinct().count())
          .as("backgrounds are not one image's")
          .isGreaterThan(5);
    }
  }

  @Test
  void withoutRegionsThereAreNoDonors() {
    List<ImageReport> reports = List.of(report("a", 0, 0, false), report("b", 1, 1, false));
    assertThat(trials(reports, 9, 9))
        .allSatisfy(each -> assertThat(each.trials().get(0).otherClass()).isNull());
  }

  @Test
  void withoutLabelsImagesAreTakenByTheirPrediction() {
    TrialSample sample = new TrialSample(Grouping.PREDICTION, index -> 10, layer -> null);
    sample.add(report("a", null, 2, false));
    sample.add(ImageReport.failure("broken", ImageStatus.CORRUPT, "broken", null, null));
    List<ClassTrials> trials = sample.trials(Map.of("a", ImageRef.of("a")), index -> 0);
    assertThat(trials).hasSize(1);
    assertThat(images(trials.get(0))).containsExactly("a");
    assertThat(trials.get(0).classIndex()).isEqualTo(2);
  }

  @Test
  void heatTravelsWithThePlaceOfItsCells() throws Exception {
    CellCenters centers = new CellCenters(List.of(3.0), List.of(1.0, 2.0));
    TrialSample sample =
        new TrialSample(Grouping.LABEL, index -> 1, layer -> layer.equals("conv") ? centers : null);
    sample.add(report("a", 0, 0, true));
    ClassTrials trials = sample.trials(Map.of("a", ImageRef.of("a")), index -> 0).get(0);
    byte[] line = trials.line();
    assertThat(ClassTrials.read(line).trials().get(0).image().heat().centers()).isEqualTo(centers);
    assertThat(new String(trials(run(9), 1, 1, 1).get(0).line()))
        .as("evenly, as before")
        .doesNotContain("centers");
  }

  @Test
  void trialsTravelAsLines() throws Exception {
    ClassTrials trials = trials(run(60), 9, 9, 9).get(1);
    byte[] line = trials.line();
    assertThat(new String(line)).doesNotContain("\n");
    assertThat(ClassTrials.read(line).line()).isEqualTo(line);
  }
}
