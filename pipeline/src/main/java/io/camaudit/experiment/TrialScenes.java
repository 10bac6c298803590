package io.camaudit.experiment;

import io.camaudit.explain.InputModel;
import io.camaudit.explain.Refusal;
import java.util.Map;

/**
 * Takes the images of a trial in. One that cannot be, or is not the one that the run saw, costs
 * what it was for and is put down.
 */
final class TrialScenes {
  private final InputModel model;

  TrialScenes(InputModel model) {
    this.model = model;
  }

  /**
   * The scenes of a trial.
   *
   * @param image null if the image itself is lost, and with it the trial
   * @param same null if there is none
   * @param other likewise
   */
  record Three(Scene image, Scene same, Scene other) {}

  /**
   * @param lost takes the reasons by the images' names
   */
  Three of(Trial trial, Map<String, String> lost) {
    Scene image = scene(trial.image(), lost);
    // Without its region an image has no use for those of others.
    if (image == null || image.object() == null) {
      return new Three(image, null, null);
    }
    return new Three(image, scene(trial.sameClass(), lost), scene(trial.otherClass(), lost));
  }

  private Scene scene(TrialImage image, Map<String, String> lost) {
    if (image == null) {
      return null;
    }
    try {
      InputModel.Taken taken = model.take(image.ref(), image.classIndex());
      if (!image.sha256().equals(taken.file().sha256())) {
        lost.put(image.ref().name(), "the file has changed since the run");
        return null;
      }
      return Scene.of(taken, image.heat());
    } catch (Refusal refusal) {
      lost.put(image.ref().name(), refusal.report().reason());
      return null;
    }
  }
}
