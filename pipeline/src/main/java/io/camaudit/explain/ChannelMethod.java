package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.ModelCard;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Methods that weigh a layer's channels by asking the model anew for each of them. They need no
 * gradient and no signature of their own, so every exported model has them, and they take hundreds
 * of passes an image.
 */
public enum ChannelMethod {
  /** The picture seen through each channel: {@link ScoreCam}. */
  SCORECAM,

  /** The layer without each channel: {@link AblationCam}. */
  ABLATIONCAM;

  /** The method of this name, if it is one of these. */
  public static Optional<ChannelMethod> named(String name) {
    return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
  }

  /** Most calls with one picture that an image takes, of a target of a multi-label model. */
  public int passes(List<String> layers, ModelCard card) {
    return layers.stream().mapToInt(layer -> card.layer(layer).channels()).sum();
  }

  /** What it costs, in a sentence. */
  public String cost(List<String> layers, ModelCard card) {
    return String.format(
        Locale.ROOT,
        "%s asks the model up to %,d times for each image, once a channel of %s",
        this,
        passes(layers, card),
        String.join(", ", layers));
  }

  /**
   * @throws UserException if the method has no answer at a layer
   */
  void check(ExplainableModel model, List<String> layers) {
    for (String layer : layers) {
      if (this == ABLATIONCAM && !model.takesActivations(layer)) {
        throw UserException.wrongArguments(
            "--method %s: the model's logits are not made of layer %s as it is exported, so its channels cannot be"
                + " left out; take the default layer, or scorecam.",
            this, layer);
      }
    }
  }

  /** How channels are asked about. */
  ChannelScores scores(ExplainableModel model, ModelCard.Layer layer) {
    return this == SCORECAM ? new ScoreCam(model, layer) : new AblationCam(model, layer);
  }

  /** The name as users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
