package io.camaudit.experiment;

import io.camaudit.explain.InputModel;
import io.camaudit.savedmodel.InputPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts pictures together until they fill a call of the model, so that none is spent on empty slots
 * but the last. An answer does not depend on what else is in its call. For one thread.
 */
final class Questions {
  private final InputModel model;
  private final List<InputPicture> pictures = new ArrayList<>();
  private final List<Integer> classes = new ArrayList<>();
  private final List<Consumer<InputModel.Answer>> takers = new ArrayList<>();

  Questions(InputModel model) {
    this.model = model;
  }

  /**
   * @param taker gets the answer, at the latest when {@link #ask} returns
   */
  void add(InputPicture picture, int classIndex, Consumer<InputModel.Answer> taker) {
    pictures.add(picture);
    classes.add(classIndex);
    takers.add(taker);
    if (pictures.size() == model.batchSize()) {
      ask();
    }
  }

  /** Asks what has not been asked yet. */
  void ask() {
    if (pictures.isEmpty()) {
      return;
    }
    List<InputModel.Answer> answers = model.ask(pictures, classes);
    for (int i = 0; i < answers.size(); i++) {
      takers.get(i).accept(answers.get(i));
    }
    pictures.clear();
    classes.clear();
    takers.clear();
  }
}
