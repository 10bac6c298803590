package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelCard;
import java.util.List;

/** Turns what was typed for a method into an exported method's name. */
public final class MethodChoice {
  private MethodChoice() {}

  /**
   * The exported method.
   *
   * @param method its name, {@code default} for the model's first, or a {@link ChannelMethod}
   * @throws UserException naming the methods that there are
   */
  public static String resolve(String method, ModelCard card) {
    List<String> methods = card.methods().stream().map(ModelCard.Method::name).toList();
    if (method.equals("default") && !methods.isEmpty()) {
      return methods.get(0);
    }
    if (!methods.contains(method) && ChannelMethod.named(method).isEmpty()) {
      throw UserException.wrongArguments(
          "The model was exported without method \"%s\"; it has %s, and scorecam and ablationcam, which take a pass a channel.",
          method, String.join(", ", methods));
    }
    return method;
  }

  /** Whether an exported method's maps are the target's own, and not the same for every class. */
  static boolean isClassSpecific(String method, ModelCard card) {
    return card.methods().stream()
        .filter(each -> each.name().equals(method))
        .allMatch(ModelCard.Method::isClassSpecific);
  }
}
