package io.camaudit.explain;

import java.util.List;
import java.util.stream.IntStream;

/** The order of an image's classes. */
final class Ranking {
  private Ranking() {}

  /**
   * All classes by descending logit, ties by ascending index, which is the exported model's order.
   *
   * @param logits [K], of one image
   */
  static List<Integer> of(float[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(
            (a, b) ->
                logits[a] == logits[b]
                    ? Integer.compare(a, b)
                    : Float.compare(logits[b], logits[a]))
        .toList();
  }
}
