package io.camaudit.explain;

import io.camaudit.report.ClassOutcome;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ClassLabel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Joins what a multi-label model predicts in an image with its labels, class by class. */
record Outcomes(ClassIndex classes, ImageJudge judge) {
  /**
   * The classes that are predicted, most probable first, then the labels that are not, by index,
   * then labels that the model does not know.
   */
  List<ClassOutcome> of(
      PreparedImage image,
      MultiLabelAnswer answer,
      boolean finite,
      List<Explanation> explanations) {
    LabelTexts labels = image.subject().labels();
    Set<Integer> wanted = new LinkedHashSet<>();
    if (labels != null) {
      labels.known().forEach(label -> wanted.add(label.index()));
    }
    Set<Integer> all = new LinkedHashSet<>(finite ? answer.predicted() : List.of());
    all.addAll(wanted);
    List<ClassOutcome> outcomes = new ArrayList<>();
    for (int index : all) {
      Boolean predicted = finite ? (Boolean) answer.predicts(index) : null;
      Boolean labelled = labels == null ? null : Boolean.valueOf(wanted.contains(index));
      outcomes.add(
          new ClassOutcome(
              ClassRef.of(classes.label(index)),
              finite ? (Float) (float) answer.probability(index) : null,
              predicted,
              labelled,
              verdict(image, classes.label(index), predicted, labelled, explanations)));
    }
    if (labels != null) {
      labels
          .unknown()
          .forEach(
              text ->
                  outcomes.add(
                      new ClassOutcome(
                          ClassRef.unmatched(text), null, finite ? false : null, true, null)));
    }
    return outcomes;
  }

  private Verdict verdict(
      PreparedImage image,
      ClassLabel label,
      Boolean predicted,
      Boolean labelled,
      List<Explanation> explanations) {
    List<Explanation> own =
        explanations.stream()
            .filter(e -> e.target().index() != null && e.target().index() == label.index())
            .toList();
    if (predicted == null || labelled == null || own.isEmpty()) {
      return null;
    }
    return judge.verdict(predicted.equals(labelled), image.region().of(label).isPresent(), own);
  }

  /** Whether the predicted classes are exactly the labels. */
  static boolean exact(List<ClassOutcome> outcomes) {
    return outcomes.stream().allMatch(o -> o.predicted().equals(o.labelled()));
  }
}
