package io.camaudit.explain;

import io.camaudit.savedmodel.InputPicture;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What each channel of a layer weighs, found by asking the model for each of them. */
interface ChannelScores {
  /**
   * Weights of one picture's channels.
   *
   * @param activations A, [h, w, C] flat, of the picture
   * @param logits [K], of the picture
   * @param explained of each pair the number y that is explained, given logits
   * @return for each pair the weights, [C]
   */
  List<double[]> weights(
      InputPicture picture,
      float[] activations,
      float[] logits,
      List<ToDoubleFunction<float[]>> explained);
}
