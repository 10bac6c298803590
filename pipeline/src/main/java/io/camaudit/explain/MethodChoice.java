package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelCard;
import java.util.List;

/** Checks that a model was exported with a method. */
public final class MethodChoice {
  private MethodChoice() {}

  /**
   * @throws UserException naming the methods that there are
   */
  public static void check(String method, ModelCard card) {
    List<String> methods = card.methods().stream().map(ModelCard.Method::name).toList();
    if (!methods.contains(method)) {
      throw UserException.wrongArguments(
          "The model was exported without method \"%s\"; it has %s.",
          method, String.join(", ", methods));
    }
  }
}
