package io.camaudit.explain;

import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ChannelWish;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a model is asked about every pair of image and target.
 *
 * @param versus what targets are explained rather than; null for nothing
 * @param channels what it is asked for beside the maps; null for nothing
 */
record Question(
    ExplainableModel model,
    String method,
    List<String> layers,
    Versus versus,
    JudgedChannels channels) {
  /**
   * Asks the model, once; or twice where the other class or a target of a difference is known only
   * from the logits.
   *
   * @param images that are in the batch
   * @param imageIndex [M], which of them
   * @param targets [M], a class index, or a negative rank
   */
  BatchExplanation ask(
      InputBatch batch, int images, int[] imageIndex, int[] targets, BatchTally tally) {
    return ask(batch, images, imageIndex, targets, null, tally);
  }

  /**
   * The same for images that are known, of some of which the channels may be wanted.
   *
   * @param judged whether a pair may be what its image is judged by
   */
  BatchExplanation ask(
      InputBatch batch,
      List<PreparedImage> images,
      int[] imageIndex,
      int[] targets,
      IntPredicate judged,
      BatchTally tally) {
    ChannelWish wish = channels == null ? null : channels.of(images, imageIndex, judged);
    return ask(batch, images.size(), imageIndex, targets, wish, tally);
  }

  private BatchExplanation ask(
      InputBatch batch,
      int images,
      int[] imageIndex,
      int[] targets,
      ChannelWish wish,
      BatchTally tally) {
    long start = System.nanoTime();
    BatchExplanation answer =
        versus == null
            ? model.explain(batch, images, imageIndex, targets, null, method, layers, wish)
            : askOfDifferences(batch, images, imageIndex, targets, wish);
    tally.inModelSince(start);
    return answer;
  }

  private BatchExplanation askOfDifferences(
      InputBatch batch, int images, int[] imageIndex, int[] targets, ChannelWish wish) {
    int[] resolved = targets.clone();
    int[] others = new int[targets.length];
    if (versus.other() != null && Arrays.stream(targets).allMatch(target -> target >= 0)) {
      Arrays.fill(others, versus.other());
    } else {
      BatchExplanation logits = model.logits(batch, images);
      List<List<Integer>> rankings =
          IntStream.range(0, images).mapToObj(i -> Ranking.of(logits.logits(i))).toList();
      for (int m = 0; m < targets.length; m++) {
        List<Integer> ranking = rankings.get(imageIndex[m]);
        resolved[m] = targets[m] < 0 ? ranking.get(-targets[m] - 1) : targets[m];
        others[m] = versus.of(resolved[m], ranking);
      }
    }
    return model.explain(batch, images, imageIndex, resolved, others, method, layers, wish);
  }
}
