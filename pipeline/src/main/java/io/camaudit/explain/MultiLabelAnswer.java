package io.camaudit.explain;

import io.camaudit.report.Prediction;
import io.camaudit.savedmodel.ClassLabel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a multi-label model's logits say: class k has the probability {@code 1 / (1 + exp(−z_k))},
 * in double precision, and is predicted where that is greater than the threshold. A logit that is
 * not finite predicts nothing.
 *
 * @param logits [K]
 * @param threshold between 0 and 1
 */
record MultiLabelAnswer(float[] logits, double threshold) {
  double probability(int index) {
    return 1 / (1 + Math.exp(-(double) logits[index]));
  }

  boolean predicts(int index) {
    return Float.isFinite(logits[index]) && probability(index) > threshold;
  }

  /** All classes by descending logit, ties by ascending index. */
  List<Integer> ranking() {
    return Ranking.of(logits);
  }

  /** The predicted classes, most probable first. */
  List<Integer> predicted() {
    return ranking().stream().filter(this::predicts).toList();
  }

  /** The {@code count} most probable classes, and any other that is predicted. */
  List<Prediction> top(int count, ClassIndex classes) {
    List<Integer> ranking = ranking();
    return IntStream.range(0, ranking.size())
        .filter(rank -> rank < count || predicts(ranking.get(rank)))
        .mapToObj(rank -> prediction(classes.label(ranking.get(rank))))
        .toList();
  }

  private Prediction prediction(ClassLabel label) {
    return new Prediction(
        label.index(),
        label.id(),
        label.name(),
        logits[label.index()],
        (float) probability(label.index()));
  }
}
