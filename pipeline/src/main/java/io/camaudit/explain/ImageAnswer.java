package io.camaudit.explain;

import io.camaudit.report.TargetReason;
import io.camaudit.savedmodel.BatchExplanation;
import java.util.List;

/**
 * What the model answered for one image.
 *
 * @param logits [K]
 * @param targets what was explained, in the order of the wishes, each class once
 */
record ImageAnswer(float[] logits, List<Target> targets) {
  /**
   * An explained class.
   *
   * @param why it was explained
   * @param answer holds its score and maps
   * @param pair its place there
   */
  record Target(TargetReason why, BatchExplanation answer, int pair) {
    int index() {
      return answer.target(pair);
    }
  }
}
