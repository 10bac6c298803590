package io.camaudit.explain;

import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ChannelWish;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
   * from the logits; or as often as a {@link ChannelMethod} needs.
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
    Optional<ChannelMethod> byChannel = ChannelMethod.named(method);
    BatchExplanation answer =
        versus == null && byChannel.isEmpty()
            ? model.explain(batch, images, imageIndex, targets, null, method, layers, wish)
            : askOfClasses(batch, images, imageIndex, targets, byChannel, wish);
    tally.inModelSince(start);
    return answer;
  }

  private BatchExplanation askOfClasses(
      InputBatch batch,
      int images,
      int[] imageIndex,
      int[] targets,
      Optional<ChannelMethod> byChannel,
      ChannelWish wish) {
    int[] resolved = targets.clone();
    int[] others = versus == null ? null : new int[targets.length];
    boolean known = versus != null && versus.other() != null;
    BatchExplanation logits = null;
    if (byChannel.isEmpty() && known && Arrays.stream(targets).allMatch(target -> target >= 0)) {
      Arrays.fill(others, versus.other());
    } else {
      logits = model.logits(batch, images);
      BatchExplanation answer = logits;
      List<List<Integer>> rankings =
          IntStream.range(0, images).mapToObj(i -> Ranking.of(answer.logits(i))).toList();
      for (int m = 0; m < targets.length; m++) {
        List<Integer> ranking = rankings.get(imageIndex[m]);
        resolved[m] = targets[m] < 0 ? ranking.get(-targets[m] - 1) : targets[m];
        if (others != null) {
          others[m] = versus.of(resolved[m], ranking);
        }
      }
    }
    if (byChannel.isEmpty()) {
      return model.explain(batch, images, imageIndex, resolved, others, method, layers, wish);
    }
    BatchExplanation maps =
        new ChannelMaps(model, byChannel.get(), layers)
            .of(batch, images, imageIndex, resolved, others, logits);
    if (wish == null) {
      return maps;
    }
    // These methods take no gradient, and channels are gradients times activations.
    String any = model.card().methods().get(0).name();
    return maps.withChannelsOf(
        model.explain(batch, images, imageIndex, resolved, others, any, List.of(), wish));
  }
}
